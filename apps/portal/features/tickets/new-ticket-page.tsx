import { useState } from 'react';
import { Button, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useMe } from '@/session';
import { useTitle } from '@/use-title';
import { NewTicketForm } from './new-ticket-form';
import { TypeCards } from './type-cards';
import { useTicketDraft } from './ticket-draft';
import { ticketTypesQuery, type PortalTicket } from './tickets.queries';
import classes from './new-ticket.module.css';

/** A new ticket: what it is about, then the few fields that its type asks for. The type may come with the address. */
export function NewTicketPage() {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t('tickets.new'));
  const { data: types } = useSuspenseQuery(ticketTypesQuery);
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const { draft, change, clear, wasRestored } = useTicketDraft(me.id);
  const [round, setRound] = useState(0);
  const [showsRestored, setShowsRestored] = useState(wasRestored);
  const type =
    types.length === 1 ? types[0] : types.find(({ id, code }) => [id, code].includes(params.get('type') ?? ''));

  if (me.companies.length === 0) return <Nothing title={t('tickets.noCompany')} text={t('tickets.noCompanyText')} />;
  if (types.length === 0) return <Nothing title={t('tickets.noTypes')} text={t('tickets.noTypesText')} />;

  const companyId =
    me.companies.find(({ id }) => id === (draft.companyId ?? params.get('company')))?.id ?? me.companies[0]?.id ?? '';
  const startOver = () => {
    clear();
    setRound(round + 1);
    setShowsRestored(false);
  };
  const onFiled = ({ number }: PortalTicket) => {
    clear();
    void navigate(`/tickets/${number}`, { state: { filed: true } });
  };
  return (
    <Stack className={classes.page} gap="md">
      <Title order={1}>{t('tickets.new')}</Title>
      {showsRestored && (
        <Text size="sm" c="dimmed">
          {t('tickets.draftRestored')}{' '}
          <Button variant="transparent" size="compact-sm" onClick={startOver}>
            {t('tickets.draftClear')}
          </Button>
        </Text>
      )}
      <TypeCards types={types} chosen={type} onChoose={(id) => setParams(id ? { type: id } : {})} />
      {type && me.companies.length > 1 && (
        <NativeSelect
          label={t('tickets.companyField')}
          value={companyId}
          onChange={({ currentTarget }) => change({ companyId: currentTarget.value, objectId: undefined })}
          data={me.companies.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {type && (
        <NewTicketForm
          key={`${type.id}.${round}`}
          type={type}
          companyId={companyId}
          draft={draft}
          onChange={change}
          onFiled={onFiled}
        />
      )}
    </Stack>
  );
}

function Nothing({ title, text }: { title: string; text: string }) {
  return (
    <Stack className={classes.page} gap="xs" mt="10vh" ta="center">
      <Title order={1}>{title}</Title>
      <Text c="dimmed">{text}</Text>
    </Stack>
  );
}
