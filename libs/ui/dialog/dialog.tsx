import { Modal, type ModalProps } from '@mantine/core';
import { useFocusBack } from './use-focus-back';

/** A window over the page; closed in whichever way, it gives the focus back. */
export function Dialog(props: ModalProps) {
  useFocusBack(props.opened);
  return <Modal {...props} />;
}
