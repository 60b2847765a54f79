import { useState } from 'react';
import { Alert, Button, Group, NativeSelect, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMe } from '@/session';
import { useTitle } from '@/use-title';
import { InviteForm } from './invite-form';
import { PersonCard } from './person-card';
import { colleaguesQuery } from './people.queries';
import classes from './people.module.css';

/** The people of a company, for its administrator: invite, give rights, remove. */
export function PeoplePage() {
  const { t } = useTranslation();
  useTitle(t('people.title'));
  const companies = useMe().companies.filter(({ rights }) => rights.isAdmin);
  const [params, setParams] = useSearchParams();
  const company = companies.find(({ id }) => id === params.get('company')) ?? companies[0];
  const [isInviting, setInviting] = useState(false);
  const [said, setSaid] = useState('');

  if (!company)
    return (
      <Stack gap="xs" mt="10vh" ta="center">
        <Title order={1}>{t('people.forbidden')}</Title>
        <Text c="dimmed">{t('people.forbiddenText')}</Text>
      </Stack>
    );
  const done = (words: string) => {
    setSaid(words);
    setInviting(false);
  };
  return (
    <Stack gap="md" className={classes.page}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1}>{t('people.title')}</Title>
          <Text c="dimmed">{companies.length > 1 ? t('people.lead') : company.name}</Text>
        </div>
        {!isInviting && (
          <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setInviting(true)}>
            {t('people.invite')}
          </Button>
        )}
      </Group>
      {companies.length > 1 && (
        <NativeSelect
          label={t('people.company')}
          value={company.id}
          onChange={({ currentTarget }) => setParams({ company: currentTarget.value })}
          data={companies.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <div role="status">{said && <Alert color="green">{said}</Alert>}</div>
      {isInviting && (
        <InviteForm
          key={`invite.${company.id}`}
          companyId={company.id}
          onDone={done}
          onCancel={() => setInviting(false)}
        />
      )}
      <People key={`people.${company.id}`} companyId={company.id} onDone={done} />
    </Stack>
  );
}

function People({ companyId, onDone }: { companyId: string; onDone: (words: string) => void }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    ...colleaguesQuery(companyId),
    throwOnError: (_error, { state }) => state.data === undefined,
  });
  if (!list.data) return <Skeleton h={220} radius="md" />;
  const people = list.data.pages.flatMap(({ data }) => data);
  return (
    <Stack gap="sm">
      <ul className={classes.list} aria-label={t('people.list')}>
        {people.map((person) => (
          <li key={person.id}>
            <PersonCard person={person} companyId={companyId} onDone={onDone} />
          </li>
        ))}
      </ul>
      {people.length === 1 && people[0]?.isMe && (
        <div className={classes.empty}>
          <Text fw={600}>{t('people.empty')}</Text>
          <Text c="dimmed">{t('people.emptyText')}</Text>
        </div>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('people.more')}
        </Button>
      )}
    </Stack>
  );
}
