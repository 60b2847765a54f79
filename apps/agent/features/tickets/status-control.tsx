import { Menu, Text } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { IconChevronDown, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatusMark } from './marks';
import classes from './ticket-pane.module.css';
import type { TicketView } from './tickets.types';
import { useTransition } from './use-transition';

/** The status and where it can go from here; what is locked says why and leads to what is to be done. */
export function StatusControl({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { start, dialogs } = useTransition(ticket);
  const mayMove = ticket.can.transition && ticket.transitions.length > 0;
  useHotkey('KeyS', () => setOpen(true), {
    label: t('tickets.keys.status'),
    group: t('tickets.keys.ticket'),
    isOn: mayMove,
  });
  return (
    <>
      {mayMove ? (
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
          <Menu.Dropdown maw={420}>
            {ticket.transitions.map((each) => (
              <Menu.Item
                key={each.id}
                leftSection={each.blockedBy.length > 0 ? <IconLock size={14} /> : undefined}
                rightSection={<StatusMark status={each.to} />}
                onClick={() => start(each)}
              >
                {each.name}
                {each.blockedBy.map((reason) => (
                  <Text key={reason} size="xs" c="dimmed">
                    {reason}
                  </Text>
                ))}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <StatusMark status={ticket.status} isBadge />
      )}
      {dialogs}
    </>
  );
}
