import { defineJob } from '@opora/platform/events';
import type { ApprovalState } from './approval-flow';

/** Makes the sheet of an approval that is over, and attaches it to its ticket. */
export const MakeSheet = defineJob<{ approvalId: string }>('approvals.makeSheet');
/** Writes into the ticket's history what has become of its approval. */
export const NoteOnTicket = defineJob<{ approvalId: string; state: ApprovalState }>('approvals.noteOnTicket');
