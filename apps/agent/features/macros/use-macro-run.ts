import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { notifyDone, notifyProblem, notifyUndo } from '@opora/ui/theme';
import { useTranslation } from 'react-i18next';
import { useEndBulk } from './bulk.queries';
import { useRunMacro, type Macro } from './macros.queries';

/** How long the way back is offered; the server keeps it open for ten minutes. */
const OFFERED_MS = 10_000;

/** Runs a macro on a ticket and offers to take it back as one. */
export function useMacroRun(ticket: Schemas['TicketView'], onDone: () => void) {
  const { t } = useTranslation();
  const start = useRunMacro();
  const end = useEndBulk('undo');
  const takeBack = async (runId: string) => {
    try {
      const { undo } = await end.mutateAsync(runId);
      if (!undo?.refused) return notifyDone(t('macros.undone'));
      const { data } = await unwrap(api.http.GET('/bulk-runs/{id}/rows', { params: { path: { id: runId } } }));
      const why = data.flatMap(({ problems }) => problems.map(({ message }) => message)).join(' ');
      notifyProblem(t('macros.undoneInPart'), why);
    } catch (error) {
      notifyProblem(t('ui.failed'), error);
    }
  };
  const run = (macro: Macro) =>
    start.mutate(
      { id: macro.id, ticketId: ticket.id },
      {
        onSuccess: ({ runId }) => {
          onDone();
          notifyUndo({
            message: t('macros.ran', { name: macro.name }),
            action: t('macros.undo'),
            onAction: () => void takeBack(runId),
            ms: OFFERED_MS,
          });
        },
        onError: (error) => notifyProblem(t('ui.failed'), error),
      },
    );
  return { run, isPending: start.isPending };
}
