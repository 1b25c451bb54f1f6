/** A door ajar. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--ink)" />
      <g fill="none" stroke="var(--ground)" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M8 25V12.500a2 2 0 0 1 1.100-1.800l6-3A2 2 0 0 1 18 9.500V25" />
        <path d="M18 13h4a2 2 0 0 1 2 2v10M5.500 25h21" />
      </g>
      <circle cx="14.200" cy="17" r="1.400" fill="var(--ground)" />
    </svg>
  )
}
