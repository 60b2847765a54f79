import { useEffect, useState } from 'react';

/** Milliseconds after which every window is gone. */
const SETTLED = 400;

/** Where the focus was before, and what else may take it should that be gone. */
type Opener = { element: Element | null; menuButton: string | null };

const openerNow = (): Opener => {
  const element = document.activeElement;
  return { element, menuButton: element?.closest('[role="menu"]')?.getAttribute('aria-labelledby') ?? null };
};

/**
 * What is taken away while it is open gives the focus back to where it was called from: to the button of the menu when that was a line of
 * it, to the page's content when the place is gone. Otherwise the keyboard begins at the top of the page again.
 */
export function useFocusBack(isOpen = true) {
  const [seen, setSeen] = useState(() => ({ isOpen, opener: isOpen ? openerNow() : null }));
  if (seen.isOpen !== isOpen) setSeen({ isOpen, opener: isOpen ? openerNow() : seen.opener });
  const { opener } = seen;
  useEffect(() => {
    if (!isOpen || !opener || opener.element === document.body) return undefined;
    return () => {
      const back = () => document.activeElement === document.body && giveBack(opener);
      // What is closed with an animation still holds the focus in this moment.
      if (!back()) setTimeout(back, SETTLED);
    };
  }, [isOpen, opener]);
}

function giveBack({ element, menuButton }: Opener): boolean {
  const places = [element, menuButton && document.getElementById(menuButton), document.getElementById('main')];
  for (const place of places) {
    if (!(place instanceof HTMLElement) || !place.isConnected) continue;
    place.focus({ preventScroll: true });
    if (document.activeElement === place) return true;
  }
  return false;
}
