import { useHolds } from '@/api';
import { DirectoryList, useGridFocus } from '@/directory/directory-list';
import { FilterBar } from '@/directory/filter-bar';
import { useListAddress } from '@/directory/list-address';
import { SearchBox } from '@/directory/search-box';
import { useNarrow } from '@/directory/use-narrow';
import { Badge, Button, Group, Select, Text } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { Page } from '@opora/ui/page';
import type { Column } from '@opora/ui/table';
import { IconAddressBook, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ClientTabs } from './client-tabs';
import classes from './clients.module.css';
import type { ArchiveState } from './companies.queries';
import { ContactForm } from './contact-form';
import { contactsQuery, type Contact } from './contacts.queries';

/** The people of all clients. */
export function ContactsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { get, set } = useListAddress();
  const [isCreating, setCreating] = useState(false);
  const isManager = useHolds('clients.manage');
  const isNarrow = useNarrow();
  const columns = useColumns(isNarrow);
  const grid = useGridFocus();
  const [q, state] = [get('q'), get('state') as ArchiveState | undefined];
  const list = useInfiniteQuery({
    ...contactsQuery({ ...(q ? { q } : {}), ...(state ? { state } : {}) }),
    placeholderData: keepPreviousData,
  });
  useHotkey('KeyN', () => setCreating(true), {
    label: t('clients.contacts.add'),
    group: t('directory.keys'),
    isOn: isManager,
  });
  return (
    <Page
      isWide
      title={t('clients.contacts.title')}
      actions={
        isManager && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
            {t('clients.contacts.add')}
          </Button>
        )
      }
      toolbar={<ClientTabs />}
    >
      <FilterBar>
        <SearchBox
          label={t('clients.contacts.search')}
          value={q ?? ''}
          onChange={(value) => set({ q: value })}
          onDown={grid.focus}
        />
        <Select
          size="xs"
          w={180}
          clearable
          clearButtonProps={{ 'aria-label': t('directory.clear') }}
          aria-label={t('clients.state.label')}
          placeholder={t('clients.state.active')}
          data={(['active', 'archived', 'all'] as const).map((value) => ({
            value,
            label: t(`clients.state.${value}`),
          }))}
          value={state ?? null}
          onChange={(value) => set({ state: value })}
        />
      </FilterBar>
      <div ref={grid.box} className={grid.className}>
        <DirectoryList
          label={t('clients.contacts.title')}
          query={list}
          columns={columns}
          onOpen={({ id }) => void navigate(`/clients/contacts/${id}`)}
          rowHeight={isNarrow ? 60 : 36}
          hidesHeader={isNarrow}
          empty={{
            icon: <IconAddressBook size={36} stroke={1.3} />,
            title: t(q || state ? 'clients.contacts.nothing' : 'clients.contacts.empty'),
            hint: t(q || state ? 'clients.nothingHint' : 'clients.contacts.emptyHint'),
          }}
        />
      </div>
      {isCreating && (
        <ContactForm
          company={null}
          onClose={() => setCreating(false)}
          onCreated={({ id }) => void navigate(`/clients/contacts/${id}`)}
        />
      )}
    </Page>
  );
}

function useColumns(isNarrow: boolean): Column<Contact>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const companies = (row: Contact) => row.memberships.map(({ company }) => company.name).join(', ');
    if (isNarrow) {
      const render = (row: Contact) => (
        <div className={classes.twoLines}>
          <ContactName contact={row} />
          <Text size="xs" c="dimmed" truncate>
            {[companies(row), row.emails[0]?.email ?? row.phones[0]?.raw].filter(Boolean).join(' · ')}
          </Text>
        </div>
      );
      return [{ key: 'contact', header: t('clients.field.personName'), width: '1fr', render }];
    }
    const first = <Value,>(values: Value[], text: (value: Value) => string) =>
      values.length > 0 && (
        <>
          {text(values[0] as Value)}{' '}
          {values.length > 1 && <span className={classes.dim}>{`+${values.length - 1}`}</span>}
        </>
      );
    return [
      {
        key: 'name',
        header: t('clients.field.personName'),
        width: 'minmax(180px, 1.3fr)',
        render: (row: Contact) => <ContactName contact={row} />,
      },
      {
        key: 'position',
        header: t('clients.field.position'),
        width: 'minmax(130px, 1fr)',
        render: (row: Contact) => <span className={classes.dim}>{row.position}</span>,
      },
      { key: 'companies', header: t('clients.field.companies'), width: 'minmax(170px, 1.5fr)', render: companies },
      {
        key: 'email',
        header: t('clients.field.email'),
        width: 'minmax(170px, 1.2fr)',
        render: (row: Contact) =>
          row.contactsHidden ? (
            <span className={classes.dim}>{t('clients.contactsHidden')}</span>
          ) : (
            first(row.emails, ({ email }) => email)
          ),
      },
      {
        key: 'phone',
        header: t('clients.field.phone'),
        width: '180px',
        render: (row: Contact) => first(row.phones, ({ raw }) => raw),
      },
    ];
  }, [isNarrow, t]);
}

function ContactName({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" className={contact.archivedAt ? classes.off : undefined}>
      <span className={classes.clip}>{contact.name}</span>
      {contact.archivedAt && <Badge color="gray">{t('clients.archived')}</Badge>}
    </Group>
  );
}
