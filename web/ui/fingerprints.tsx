/** Names with their hashes, to compare by eye or copy. */
export function Fingerprints({ title, rows }: { title: string; rows: readonly (readonly [string, string])[] }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">{title}</h2>
      <dl className="grid gap-x-6 gap-y-2 md:grid-cols-[auto_1fr]">
        {rows.map(([name, hash]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="font-mono text-sm wrap-anywhere">{hash}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
