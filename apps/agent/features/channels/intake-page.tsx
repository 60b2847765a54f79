import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Select, Text } from '@mantine/core';
import { RelativeTime, useFormat } from '@opora/ui/format';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconMailbox } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { ChannelsTabs } from './channels-tabs';
import classes from './channels.module.css';
import { IntakeDrawer } from './intake-drawer';
import { INTAKE_STATES, IntakeStateBadge } from './intake-state';
import { intakeCountsQuery, intakeQuery, type IntakeFilter, type IntakeMail, type IntakeState } from './intake.queries';
import { TicketLink } from './ticket-link';

const SHORTEST = 2;

/** The intake journal: every mail that reached us, with what became of it and why. */
export function IntakePage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const address = useListAddress();
  const isNarrow = useNarrow();
  const grid = useGridFocus();
  const columns = useColumns(isNarrow);
  const [q, state] = [address.get('q'), address.get('state') as IntakeState | undefined];
  const filter = useMemo<IntakeFilter>(
    () => ({
      ...(q && q.length >= SHORTEST ? { q } : {}),
      ...(state && INTAKE_STATES.includes(state) ? { state: [state] } : {}),
    }),
    [q, state],
  );
  const list = useInfiniteQuery({ ...intakeQuery(filter), placeholderData: keepPreviousData });
  const isFiltered = Object.keys(filter).length > 0;
  const go = (to?: string) =>
    void navigate({ pathname: `/channels/intake${to ? `/${to}` : ''}`, search: address.search });
  return (
    <Page isWide title={t('channels.intake.title')} toolbar={<ChannelsTabs />}>
      <FilterBar>
        <SearchBox
          label={t('channels.intake.search')}
          value={q ?? ''}
          onChange={(value) => address.set({ q: value })}
          onDown={grid.focus}
        />
        <StateSelect value={filter.state?.[0] ?? null} onChange={(value) => address.set({ state: value })} />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('channels.intake.title')}
          query={list}
          columns={columns}
          selected={id ?? null}
          onOpen={(row) => go(row.id)}
          rowHeight={isNarrow ? 76 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconMailbox size={36} stroke={1.3} />,
            title: t(isFiltered ? 'channels.intake.nothing' : 'channels.intake.empty'),
            hint: t(isFiltered ? 'channels.intake.nothingHint' : 'channels.intake.emptyHint'),
          }}
        />
      </div>
      {id && <IntakeDrawer key={id} id={id} onClose={() => go()} />}
    </Page>
  );
}

function StateSelect({ value, onChange }: { value: IntakeState | null; onChange: (state: string | null) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: counts } = useQuery(intakeCountsQuery());
  const label = (state: IntakeState) =>
    `${t(`channels.intake.state.${state}`)}${counts ? ` · ${format.number(counts.get(state) ?? 0)}` : ''}`;
  return (
    <Select
      size="xs"
      w={230}
      clearable
      clearButtonProps={{ 'aria-label': t('directory.clear') }}
      aria-label={t('channels.field.state')}
      placeholder={t('channels.anyState')}
      data={INTAKE_STATES.map((state) => ({ value: state, label: label(state) }))}
      value={value}
      onChange={onChange}
    />
  );
}

const senderOf = (mail: IntakeMail): string => mail.from?.name || mail.from?.address || mail.envelopeFrom || '';

function useColumns(isNarrow: boolean): Column<IntakeMail>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const subject = (mail: IntakeMail) =>
      mail.subject || <span className={classes.dim}>{t('channels.noSubject')}</span>;
    if (isNarrow) {
      return [
        {
          key: 'mail',
          header: t('channels.field.subject'),
          width: '1fr',
          render: (mail: IntakeMail) => (
            <div className={classes.lines}>
              <span className={classes.spread}>
                <IntakeStateBadge state={mail.state} />
                <RelativeTime at={mail.receivedAt} className={classes.dim} />
              </span>
              <span className={classes.clip}>{subject(mail)}</span>
              <Text size="xs" c="dimmed" truncate>
                {[senderOf(mail), mail.reason?.text].filter(Boolean).join(' · ')}
              </Text>
            </div>
          ),
        },
      ];
    }
    return [
      {
        key: 'state',
        header: t('channels.field.state'),
        width: '176px',
        render: (mail: IntakeMail) => <IntakeStateBadge state={mail.state} />,
      },
      {
        key: 'from',
        header: t('channels.field.from'),
        width: 'minmax(130px, 0.8fr)',
        render: (mail: IntakeMail) => <span title={mail.from?.address ?? ''}>{senderOf(mail)}</span>,
      },
      { key: 'subject', header: t('channels.field.subject'), width: 'minmax(180px, 1.4fr)', render: subject },
      {
        key: 'reason',
        header: t('channels.field.reason'),
        width: 'minmax(160px, 1.2fr)',
        render: (mail: IntakeMail) => <span className={classes.dim}>{mail.reason?.text}</span>,
      },
      {
        key: 'ticket',
        header: t('channels.field.ticket'),
        width: '90px',
        render: (mail: IntakeMail) => <TicketLink number={mail.ticketNumber} />,
      },
      {
        key: 'at',
        header: t('channels.field.receivedAt'),
        width: '120px',
        align: 'end' as const,
        render: (mail: IntakeMail) => <RelativeTime at={mail.receivedAt} />,
      },
    ];
  }, [isNarrow, t]);
}
