import { useRef } from 'react';

/** Esc in a dialog that lies over a card closes the dialog alone: the card below and what is typed in it stay. */
export function useTopmost(onClose: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  const close = () => {
    const dialogs = document.querySelectorAll('[role="dialog"]');
    const top = dialogs[dialogs.length - 1];
    if (!top || !ref.current || ref.current.contains(top)) onClose();
  };
  return { ref, onClose: close };
}
