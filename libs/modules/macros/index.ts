export { MacroPermission } from './macros.access';
export { MacrosModule } from './macros.module';
export { MacroSeed } from './macros.seed';
export { problemWords, type ToldProblem } from './problem-words';
export { TextValues } from './text-values.service';
export {
  ACTION_PARAM_TYPES,
  ACTION_PLACES,
  type ActionLine,
  type ActionOption,
  type ActionParam,
  type ActionParams,
  type ActionParamType,
  type ActionPlace,
  type ActionTrace,
  type StoredAction,
  type TicketAction,
} from './ticket-action';
export { ActionLineView, ActionProblemView, ActionsPreviewView } from './ticket-actions.dto';
export { type ActionsPreview, MAX_ACTIONS, type RunTraces, TicketActions } from './ticket-actions.service';
