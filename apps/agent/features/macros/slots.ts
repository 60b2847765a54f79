import type { TicketSlots } from '@/slots/ticket-slots';
import { AnswerPicker } from './answer-picker';
import { BulkTool } from './bulk-tool';
import { MacroButton } from './macro-button';
import { RunBanner } from './run-banner';
import { TemplateSelect } from './template-select';

/** Macros, ready answers and templates where tickets are worked on. */
export const macroSlots: Partial<TicketSlots> = {
  header: [{ key: 'macros', Item: MacroButton }],
  banners: [{ key: 'bulk-run', Banner: RunBanner }],
  selection: [{ key: 'bulk', permission: 'macros.bulk', Tool: BulkTool }],
  composer: [{ key: 'answers', Tool: AnswerPicker }],
  create: [{ key: 'template', Tool: TemplateSelect }],
};
