import { useEffect } from 'react';

/** Names the page in the tab and for screen readers. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    document.title = title ? `${title} · Ostiary` : 'Ostiary';
  }, [title]);
}
