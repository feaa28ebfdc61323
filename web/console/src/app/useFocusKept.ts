import { useEffect, useRef } from 'react';

/** Where what is new on a page begins. */
export const content = () => document.getElementById('content');

/**
 * Who works with the keyboard is never sent back to the top of the page: when a window closes, the focus returns to what
 * opened it, also where that was an item of a menu or a link; on another page it goes to the content.
 */
export function useFocusKept(pathname: string) {
  /** What had the focus last, outside of all that floats. */
  const last = useRef<HTMLElement>(null);
  const returned = useRef<Element>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    let dialog: Element | null = null;
    const gone = new MutationObserver(() => {
      if (dialog?.isConnected) return;
      gone.disconnect();
      dialog = null;
      if (document.activeElement !== document.body) return;
      last.current?.focus({ preventScroll: true });
      returned.current = last.current;
      if (document.activeElement === document.body) content()?.focus({ preventScroll: true });
    });
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      if (target !== returned.current) returned.current = null;
      const inside = target.closest('[role=dialog]');
      if (inside) {
        dialog = inside;
        gone.observe(document.body, { childList: true, subtree: true });
      } else if (target !== content() && !target.closest('[role=menu]')) last.current = target;
    };
    document.addEventListener('focusin', note);
    return () => {
      document.removeEventListener('focusin', note);
      gone.disconnect();
    };
  }, []);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const { activeElement } = document;
    if (activeElement !== document.body && activeElement !== returned.current) return;
    // A window with an address of its own leaves its page as it was; what has opened it stands there still.
    const opener = last.current && content()?.contains(last.current) ? last.current : content();
    opener?.focus({ preventScroll: true });
  }, [pathname]);
}
