import { lazy, Suspense } from 'react';
import type { FrameworkId } from './frameworks';

// The drawings weigh more than a page: it is shown first, with their places kept.
const Drawing = lazy(async () => ({ default: (await import('./FrameworkDrawing')).FrameworkDrawing }));

export function FrameworkMark({ id, size = 28 }: { id: FrameworkId; size?: number }) {
  return (
    <Suspense fallback={<span style={{ width: size, height: size, flexShrink: 0 }} />}>
      <Drawing id={id} size={size} />
    </Suspense>
  );
}
