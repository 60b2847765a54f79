import { Alert, Button, Checkbox, Group, Kbd, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Dialog } from '@opora/ui/dialog';
import { useHotkey } from '@opora/ui/hotkeys';
import { Loading } from '@opora/ui/page';
import { notifyProblem, notifyUndo } from '@opora/ui/theme';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusMark } from './marks';
import classes from './merge-dialog.module.css';
import { candidatesQuery, mergePreviewQuery, useMerge, useUnmerge, type Alike } from './merges.queries';
import type { TicketRow, TicketView } from './tickets.types';

const MOST = 50;
const UNDO_MS = 15_000;

/** Finds what is about the same, shows what would move, and makes one ticket of them. */
export function MergeDialog({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation();
  const number = String(ticket.number);
  const [chosen, setChosen] = useState<TicketRow[]>([]);
  const [comment, setComment] = useState('');
  const merge = useMerge(number);
  const unmerge = useUnmerge();
  const ids = chosen.map(({ id }) => id);
  const preview = useQuery(mergePreviewQuery(number, ids));
  const isReady = chosen.length > 0 && !preview.error && !preview.isFetching && !merge.isPending;
  const toggle = (row: TicketRow) =>
    setChosen((present) =>
      present.some(({ id }) => id === row.id)
        ? present.filter(({ id }) => id !== row.id)
        : present.length < MOST
          ? [...present, row]
          : present,
    );
  const submit = () => {
    if (!isReady) return;
    merge.mutate(
      { ticketIds: ids, ...(comment.trim() ? { comment: comment.trim() } : {}) },
      {
        onSuccess: ({ id, merges }) => {
          onClose();
          notifyUndo({
            message: t('tickets.merge.done', { count: merges.length }),
            action: t('tickets.merge.undo'),
            ms: UNDO_MS,
            onAction: () => unmerge.mutate(id, { onError: (error) => notifyProblem(t('tickets.failed'), error) }),
          });
        },
        onError: (error) => notifyProblem(t('tickets.failed'), error),
      },
    );
  };
  useHotkey('mod+Enter', submit, { label: t('tickets.merge.confirm'), group: t('tickets.keys.ticket') });
  return (
    <Dialog opened onClose={onClose} title={t('tickets.merge.title', { number: ticket.number })} size="lg">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('tickets.merge.hint', { number: ticket.number })}
        </Text>
        <Finder number={number} chosen={ids} onToggle={toggle} />
        {chosen.length > 0 && <Preview query={preview} rows={chosen} onToggle={toggle} />}
        {chosen.length > 0 && (
          <TextInput
            label={t('tickets.merge.reason')}
            maxLength={1000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            disabled={!isReady}
            loading={merge.isPending}
            onClick={submit}
            rightSection={
              <Kbd size="xs" visibleFrom="sm">
                ⌃↵
              </Kbd>
            }
          >
            {chosen.length > 0 ? t('tickets.merge.confirmCount', { count: chosen.length }) : t('tickets.merge.confirm')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

type FinderProps = { number: string; chosen: string[]; onToggle: (row: TicketRow) => void };

/** A search with its finds; arrows go through them, Enter chooses. */
function Finder({ number, chosen, onToggle }: FinderProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [words] = useDebouncedValue(typed.trim(), 250);
  const { data, error, isPending } = useQuery(candidatesQuery(number, words));
  const found = data ?? [];
  const place = Math.min(at, found.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const row = found[place]?.ticket;
    if (step) setAt(Math.max(0, Math.min(found.length - 1, place + step)));
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && row) onToggle(row);
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={15} />}
        aria-label={t('tickets.merge.find')}
        placeholder={t('tickets.merge.find')}
        role="combobox"
        aria-expanded
        aria-controls="merge-candidates"
        aria-activedescendant={found[place] ? `candidate-${found[place].ticket.id}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Text size="xs" c="dimmed" mt={6} mb={2}>
        {words ? t('tickets.merge.found') : t('tickets.merge.alike')}
      </Text>
      {isPending && <Loading lines={3} />}
      {error && <Text size="sm">{error.message}</Text>}
      {!isPending && !error && found.length === 0 && (
        <Text size="sm" c="dimmed">
          {words ? t('tickets.merge.nothing') : t('tickets.merge.noAlike')}
        </Text>
      )}
      <ul
        id="merge-candidates"
        className={classes.list}
        role="listbox"
        aria-multiselectable
        aria-label={t('tickets.merge.find')}
      >
        {found.map((alike, index) => (
          <Candidate
            key={alike.ticket.id}
            alike={alike}
            isActive={index === place}
            isChosen={chosen.includes(alike.ticket.id)}
            onToggle={onToggle}
          />
        ))}
      </ul>
    </div>
  );
}

type CandidateProps = { alike: Alike; isActive: boolean; isChosen: boolean; onToggle: (row: TicketRow) => void };

function Candidate({ alike: { ticket, why }, isActive, isChosen, onToggle }: CandidateProps) {
  const { t } = useTranslation();
  const about = why.length > 0 ? why.map((reason) => t(`tickets.merge.why.${reason}`)).join(', ') : null;
  const who = [ticket.company?.name, ticket.contact?.name].filter(Boolean).join(' · ');
  return (
    // The keys are those of the search box above.
    <li
      id={`candidate-${ticket.id}`}
      role="option"
      aria-selected={isChosen}
      className={classes.row}
      data-active={isActive || undefined}
      onClick={() => onToggle(ticket)}
    >
      <Checkbox size="xs" tabIndex={-1} checked={isChosen} readOnly aria-hidden />
      <span className={classes.number}>{ticket.number}</span>
      <span className={classes.words}>
        <span className={classes.subject}>{ticket.subject}</span>
        <span className={classes.dim}>{[who, about].filter(Boolean).join(' — ')}</span>
      </span>
      <span className={classes.status}>
        <StatusMark status={ticket.status} />
      </span>
    </li>
  );
}

type PreviewProps = {
  query: ReturnType<typeof useQuery<Awaited<ReturnType<NonNullable<ReturnType<typeof mergePreviewQuery>['queryFn']>>>>>;
  rows: TicketRow[];
  onToggle: (row: TicketRow) => void;
};

/** What would move, who would hear, and what to think of before. */
function Preview({ query: { data, error, isPending }, rows, onToggle }: PreviewProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('tickets.merge.preview')} aria-live="polite">
      <Group gap={6}>
        {rows.map((row) => (
          <Button key={row.id} size="compact-xs" variant="light" onClick={() => onToggle(row)} title={row.subject}>
            {t('tickets.number', { number: row.number })} ✕
          </Button>
        ))}
      </Group>
      {isPending && <Loading lines={2} />}
      {error && (
        <Alert color="red" variant="light" role="alert" mt="xs">
          {error.message}
        </Alert>
      )}
      {data && (
        <Stack gap={4} mt="xs">
          <Text size="sm">
            {data.parts.length > 0
              ? t('tickets.merge.moves', {
                  what: data.parts.map(({ label, count }) => `${label} — ${count}`).join(', '),
                })
              : t('tickets.merge.movesNothing')}
          </Text>
          {data.observers.length > 0 && (
            <Text size="sm">
              {t('tickets.merge.hears', { who: data.observers.map(({ name }) => name).join(', ') })}
            </Text>
          )}
          {data.leftOut.length > 0 && (
            <Text size="sm">
              {t('tickets.merge.leftOut', { who: data.leftOut.map(({ name }) => name).join(', ') })}
            </Text>
          )}
          {data.warnings.map((warning) => (
            <Alert key={warning} color="yellow" variant="light" p="xs">
              {warning}
            </Alert>
          ))}
        </Stack>
      )}
    </section>
  );
}
