/** Two overlapping rounded squares: the two certificates. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="3" y="3" width="18" height="18" rx="5" fill="#2f3aa0" />
      <rect x="11" y="11" width="18" height="18" rx="5" fill="#0b6e69" fillOpacity=".86" />
    </svg>
  );
}
