/** Our mark: a candle of the chart whose upper wick burns. */
export function Candle({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 16 24" className={className}>
      <path d="M8 1c2.4 2.6 3 4.2 3 5.4a3 3 0 0 1-6 0C5 5.2 5.6 3.6 8 1Z" className="fill-accent-fill" />
      <path d="M8 8.5V11M8 21v2.5" className="stroke-ink-soft" strokeWidth="1.6" />
      <rect x="4" y="11" width="8" height="10" rx="1.2" className="fill-ink-strong" />
    </svg>
  )
}
