import { Menu, Text } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { IconChevronDown, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusMark } from './marks';
import { TransitionDialog } from './transition-dialog';
import classes from './ticket-pane.module.css';
import { transition } from './tickets.queries';
import type { TicketView, Transition } from './tickets.types';
import type { TicketChange } from './use-change';

/** The status and where it can go from here; what is locked says why. */
export function StatusControl({ ticket, change }: { ticket: TicketView; change: TicketChange }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [asking, setAsking] = useState<Transition | null>(null);
  const mayMove = ticket.can.transition && ticket.transitions.length > 0;
  useHotkey('KeyS', () => setOpen(true), {
    label: t('tickets.keys.status'),
    group: t('tickets.keys.ticket'),
    isOn: mayMove,
  });
  if (!mayMove) return <StatusMark status={ticket.status} isBadge />;
  const choose = (chosen: Transition) => {
    if (chosen.requiresComment) setAsking(chosen);
    else change.mutate(transition({ transitionId: chosen.id }));
  };
  return (
    <>
      <Menu opened={isOpen} onChange={setOpen} position="bottom-start" returnFocus>
        <Menu.Target>
          <button
            type="button"
            className={classes.statusButton}
            aria-label={t('tickets.statusIs', { status: ticket.status.name })}
          >
            <StatusMark status={ticket.status} isBadge />
            <IconChevronDown size={14} aria-hidden style={{ alignSelf: 'center' }} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {ticket.transitions.map((each) => {
            const isLocked = each.blockedBy.length > 0 && !each.requiresComment;
            return (
              <Menu.Item
                key={each.id}
                disabled={isLocked}
                leftSection={isLocked ? <IconLock size={14} /> : undefined}
                rightSection={<StatusMark status={each.to} />}
                onClick={() => choose(each)}
              >
                {each.name}
                {isLocked && (
                  <Text size="xs" c="dimmed">
                    {each.blockedBy.join(' ')}
                  </Text>
                )}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <TransitionDialog
          ticket={ticket}
          chosen={asking}
          onClose={() => setAsking(null)}
          onSend={(comment) => {
            change.mutate(transition({ transitionId: asking.id, comment }));
            setAsking(null);
          }}
        />
      )}
    </>
  );
}
