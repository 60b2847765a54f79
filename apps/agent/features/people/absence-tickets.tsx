import { PersonPicker } from '@/pickers/directory-pickers';
import { Button } from '@mantine/core';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './absences.module.css';
import { absenceTicketsQuery, useHandOver, type Absence } from './absences.queries';

/** What lies with somebody who is away, and the button that hands it on. Nothing moves by itself. */
export function AbsenceTickets({ absence }: { absence: Absence }) {
  const { t } = useTranslation();
  const { data } = useQuery(absenceTicketsQuery(absence.id));
  const [chosen, choose] = useState<{ id: string; name: string } | null>(null);
  const handOver = useHandOver(absence.id);
  if (!data) return null;
  const to = chosen ?? data.standIn;
  const run = () =>
    handOver.mutate(chosen?.id ?? null, {
      onSuccess: ({ handed }) => notifyDone(t('people.absences.handed', { count: handed })),
      onError: (error) => notifyProblem(t('ui.failed'), error),
    });
  const refused = handOver.data?.refused ?? [];
  return (
    <section className={classes.tickets} aria-label={t('people.absences.tickets')}>
      <h3 className={classes.ticketsTitle}>{t('people.absences.open', { count: data.open })}</h3>
      {data.open > 0 && (
        <>
          <PersonPicker
            label={t('people.absences.handTo')}
            placeholder={t('people.absences.choose')}
            value={to}
            onChange={(person) => choose(person && { id: person.id, name: person.name })}
          />
          <Button
            variant="light"
            leftSection={<IconArrowsExchange size={15} />}
            disabled={!to}
            loading={handOver.isPending}
            onClick={run}
          >
            {t('people.absences.hand', { count: data.open })}
          </Button>
          <p className={classes.hint}>{t('people.absences.handHint')}</p>
        </>
      )}
      {refused.length > 0 && (
        <ul className={classes.refused} aria-label={t('people.absences.refused')}>
          {refused.map(({ id, number, subject, message }) => (
            <li key={id}>
              <Link to={`/tickets/${number}`}>
                {number} {subject}
              </Link>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
