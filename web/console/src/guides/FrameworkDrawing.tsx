import type { FrameworkId } from './frameworks';
import { marks } from './marks';

export function FrameworkDrawing({ id, size }: { id: FrameworkId; size: number }) {
  const { path, color } = marks[id];
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill={color ?? 'currentColor'} aria-hidden="true" style={{ flexShrink: 0 }}>
      <path d={path} />
    </svg>
  );
}
