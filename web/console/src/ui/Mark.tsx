/** The doorway with its keyhole of light, in the colour of the text around it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M3 22V11a9 9 0 0 1 18 0v11h-6l-1.3-7.9a3.4 3.4 0 1 0-3.4 0L9 22z" />
    </svg>
  );
}
