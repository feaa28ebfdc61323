import { useState } from 'react';

/** Which window is open, and about which row; the row is still named while the window fades. */
export function useAsked<W extends string, T>() {
  const [asked, setAsked] = useState<{ what: W; row: T; isOpen: boolean }>();
  return {
    row: asked?.row,
    isOpen: (what: W) => asked?.what === what && asked.isOpen,
    ask: (what: W, row: T) => setAsked({ what, row, isOpen: true }),
    close: () => setAsked((before) => before && { ...before, isOpen: false }),
  };
}
