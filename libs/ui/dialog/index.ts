export { ConfirmDialog } from './confirm-dialog';
export { Dialog } from './dialog';
export { useFocusBack } from './use-focus-back';
