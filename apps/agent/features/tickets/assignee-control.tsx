import { PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import { useHotkey } from '@opora/ui/hotkeys';
import { IconUser, IconUsersGroup } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HandOverDialog, HandOverMark, type LineTeam } from './hand-over-dialog';
import classes from './ticket-pane.module.css';
import { RoutingWhy } from './routing-why';
import { assign } from './tickets.queries';
import type { TicketView } from './tickets.types';
import type { TicketChange } from './use-change';

/** The responsible person and team, each a picker of one key. */
export function AssigneeControl({ ticket, change }: { ticket: TicketView; change: TicketChange }) {
  const { t } = useTranslation();
  const person = useRef<HTMLInputElement>(null);
  const team = useRef<HTMLInputElement>(null);
  const [asked, ask] = useState<{ from: LineTeam; to: LineTeam } | null>(null);
  const isOn = ticket.can.assign;
  const handOver = (to: LineTeam | null) => {
    if (ticket.team && to && to.line !== ticket.team.line) ask({ from: ticket.team, to });
    else change.mutate(assign({ team: to }));
  };
  const group = t('tickets.keys.ticket');
  useHotkey('KeyA', () => (person.current?.focus(), person.current?.click()), {
    label: t('tickets.keys.assign'),
    group,
    isOn,
  });
  useHotkey('KeyL', () => (team.current?.focus(), team.current?.click()), {
    label: t('tickets.keys.team'),
    group,
    isOn,
  });
  const common = { size: 'xs', className: classes.picker, disabled: !isOn, clearable: isOn } as const;
  return (
    <>
      <PersonPicker
        {...common}
        inputRef={person}
        aria-label={t('tickets.field.assigneeId')}
        placeholder={t('tickets.nobody')}
        leftSection={<IconUser size={14} />}
        value={ticket.assignee}
        onChange={(entry) => change.mutate(assign({ assignee: entry && { id: entry.id, name: entry.name } }))}
      />
      <TeamPicker
        {...common}
        inputRef={team}
        aria-label={t('tickets.field.teamId')}
        placeholder={t('tickets.noTeam')}
        leftSection={<IconUsersGroup size={14} />}
        value={ticket.team}
        onChange={(entry) => handOver(entry && { id: entry.id, name: entry.name, line: entry.line })}
      />
      <RoutingWhy routing={ticket.routing} />
      <HandOverMark count={ticket.handoverCount} pingPong={ticket.pingPongCount} />
      {asked && (
        <HandOverDialog
          {...asked}
          onClose={() => ask(null)}
          onSend={(reason) => {
            change.mutate(assign({ team: asked.to, reason }));
            ask(null);
          }}
        />
      )}
    </>
  );
}
