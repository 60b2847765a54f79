import type { ApiProblem } from '@opora/client';
import { useRef, useState, type ReactNode } from 'react';
import { StatusMovedDialog } from './status-moved-dialog';
import { TransitionDialog } from './transition-dialog';
import type { StatusMoved, Unmet } from './transition.types';
import { transition, useTicketChange, type TransitionInput } from './tickets.queries';
import type { TicketView, Transition } from './tickets.types';

type Asked = { chosen: Transition; unmet: Unmet[] };

/** Moves a ticket: asks what the transition wants, lists all that stands in the way, shows both versions when somebody was faster. */
export function useTransition(
  ticket: TicketView,
  /** Hears whether it is done, or waits for an answer or was refused. */
  onSettled?: (isDone: boolean) => void,
): { start: (chosen: Transition) => void; dialogs: ReactNode } {
  const [asked, ask] = useState<Asked | null>(null);
  const [moved, setMoved] = useState<{ told: StatusMoved; chosen: Transition } | null>(null);
  const wanted = useRef<Transition | null>(null);
  const onRefused = (error: ApiProblem) => {
    const chosen = wanted.current;
    if (!chosen) return false;
    if (error.code === 'tickets.statusMoved') {
      ask(null);
      setMoved({ told: error.members as unknown as StatusMoved, chosen });
      return true;
    }
    // The dialog shows refusals at its own fields.
    if (error.status === 422 && asked) return true;
    if (error.code !== 'tickets.transitionRefused' || !Array.isArray(error.members.unmet)) return false;
    ask({ chosen, unmet: error.members.unmet as Unmet[] });
    return true;
  };
  const change = useTicketChange(String(ticket.number), onRefused);
  const send = (chosen: Transition, input: TransitionInput) => {
    wanted.current = chosen;
    change.mutate(transition(input, chosen), {
      onSuccess: () => {
        ask(null);
        onSettled?.(true);
      },
      onError: () => onSettled?.(false),
    });
  };
  const start = (chosen: Transition) => {
    if (chosen.requiresComment) {
      ask({ chosen, unmet: [] });
      onSettled?.(false);
    } else send(chosen, { transitionId: chosen.id, ifStatusId: ticket.status.id });
  };
  const again = moved && ticket.transitions.find(({ to }) => to.id === moved.chosen.to.id);
  const dialogs = (
    <>
      {asked && (
        <TransitionDialog
          key={asked.chosen.id}
          ticket={ticket}
          chosen={asked.chosen}
          unmet={asked.unmet}
          isBusy={change.isPending}
          problem={change.error}
          onClose={() => ask(null)}
          onSend={(input) =>
            send(asked.chosen, { ...input, transitionId: asked.chosen.id, ifStatusId: ticket.status.id })
          }
        />
      )}
      {moved && (
        <StatusMovedDialog
          told={moved.told}
          wanted={again ? moved.chosen.to : null}
          onClose={() => setMoved(null)}
          onAgain={() => {
            setMoved(null);
            if (again) start(again);
          }}
        />
      )}
    </>
  );
  return { start, dialogs };
}
