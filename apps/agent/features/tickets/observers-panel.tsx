import { ActionIcon, Pill } from '@mantine/core';
import { useMe } from '@/api';
import { ContactPicker, PersonPicker } from '@/pickers/directory-pickers';
import { notifyProblem } from '@opora/ui/theme';
import { IconEye, IconEyeOff, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useObserver } from './observers.queries';
import classes from './ticket-pane.module.css';
import type { TicketView } from './tickets.types';

/** Colleagues and contacts who are kept informed. */
export function ObserversPanel({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const me = useMe();
  const [adds, setAdds] = useState(false);
  const observer = useObserver(String(ticket.number));
  const onError = (error: unknown) => notifyProblem(t('tickets.failed'), error);
  const isWatching = ticket.observers.some(({ kind, id }) => kind === 'employee' && id === me.id);
  const add = (kind: 'employee' | 'contact', id: string | undefined) => {
    if (id) observer.mutate({ kind, id, isOn: true }, { onError, onSuccess: () => setAdds(false) });
  };
  const WatchIcon = isWatching ? IconEyeOff : IconEye;
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>
        {t('tickets.observers')}
        <span>
          <ActionIcon
            size={24}
            aria-label={isWatching ? t('tickets.unwatch') : t('tickets.watch')}
            onClick={() => observer.mutate({ kind: 'employee', id: me.id, isOn: !isWatching }, { onError })}
          >
            <WatchIcon size={15} />
          </ActionIcon>
          {ticket.can.update && (
            <ActionIcon
              size={24}
              aria-label={t('tickets.addObserver')}
              aria-expanded={adds}
              onClick={() => setAdds(!adds)}
            >
              <IconPlus size={15} />
            </ActionIcon>
          )}
        </span>
      </h2>
      <Pill.Group>
        {ticket.observers.map(({ kind, id, name }) => (
          <Pill
            key={kind + id}
            withRemoveButton={ticket.can.update}
            removeButtonProps={{
              'aria-label': t('tickets.removeObserver', { name }),
              tabIndex: 0,
              'aria-hidden': false,
            }}
            onRemove={() => observer.mutate({ kind, id, isOn: false }, { onError })}
          >
            {kind === 'contact' ? t('tickets.contactObserver', { name }) : name}
          </Pill>
        ))}
      </Pill.Group>
      {adds && (
        <>
          <PersonPicker
            size="xs"
            mt={6}
            aria-label={t('tickets.observerEmployee')}
            placeholder={t('tickets.observerEmployee')}
            value={null}
            onChange={(entry) => add('employee', entry?.id)}
          />
          {ticket.company && (
            <ContactPicker
              size="xs"
              mt={6}
              companyId={ticket.company.id}
              aria-label={t('tickets.observerContact')}
              placeholder={t('tickets.observerContact')}
              value={null}
              onChange={(entry) => add('contact', entry?.id)}
            />
          )}
        </>
      )}
    </section>
  );
}
