import { ActionIcon, Button, Progress } from '@mantine/core';
import { ReferencePicker } from '@/pickers/reference-picker';
import { IconLinkOff, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { placeId } from './side-jump';
import { TicketLinks } from './ticket-links';
import classes from './ticket-pane.module.css';
import { edit } from './tickets.queries';
import type { TicketView } from './tickets.types';
import { useChange } from './use-change';

/** The parent ticket and the children, how far they are, and the ways to add to them. */
export function RelatedPanel({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const { parent, children } = ticket;
  const [isAttaching, attach] = useState(false);
  const [error, setError] = useState<string>();
  const { change, dialog } = useChange(ticket, (problem) => {
    const told = problem.errors.find(({ pointer }) => pointer === '/parentId');
    if (told) setError(told.message);
    return told !== undefined;
  });
  const setParent = (parentId: string | null) => {
    setError(undefined);
    change.mutate(edit({ parentId }), { onSuccess: () => attach(false) });
  };
  const mayChange = ticket.can.update;
  return (
    <section id={placeId('family')} className={classes.section} aria-label={t('tickets.family.title')}>
      <h2 className={classes.sectionTitle}>
        {t('tickets.parent')}
        {mayChange && parent && (
          <ActionIcon size={24} aria-label={t('tickets.family.detach')} onClick={() => setParent(null)}>
            <IconLinkOff size={15} />
          </ActionIcon>
        )}
      </h2>
      {parent && <TicketLinks tickets={[parent]} />}
      {!parent && mayChange && !isAttaching && (
        <Button variant="subtle" size="compact-xs" onClick={() => attach(true)}>
          {t('tickets.family.attach')}
        </Button>
      )}
      {!parent && isAttaching && (
        <ReferencePicker
          reference="ticket"
          aria-label={t('tickets.family.attach')}
          placeholder={t('tickets.family.find')}
          error={error}
          value={null}
          onChange={(id) => id && setParent(id)}
        />
      )}
      <h2 className={classes.sectionTitle} style={{ marginTop: 10 }}>
        <ChildrenTitle ticket={ticket} />
        <ActionIcon
          size={24}
          component={Link}
          to={`/tickets/new?parent=${ticket.id}`}
          aria-label={t('tickets.createChild')}
          title={t('tickets.createChild')}
        >
          <IconPlus size={15} />
        </ActionIcon>
      </h2>
      {children.length > 0 && <TicketLinks tickets={children} />}
      {dialog}
    </section>
  );
}

/** «Дочерние: 2 из 5 завершены», over the whole depth where there is more than one level. */
function ChildrenTitle({ ticket: { children, family } }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const total = family?.descendants ?? children.length;
  if (total === 0) return t('tickets.children');
  const open = family?.open ?? children.filter(({ status }) => !['solved', 'closed'].includes(status.category)).length;
  const done = total - open;
  return (
    <span className={classes.familyProgress}>
      {t('tickets.family.progress', { done, total })}
      <Progress size="xs" value={(100 * done) / total} aria-label={t('tickets.family.progress', { done, total })} />
    </span>
  );
}
