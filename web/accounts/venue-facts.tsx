import { accountFacts, neverUsed, type RealVenueId, usedInWords, venueOf, windowInWords } from "#venues"

/** What bots do at an exchange and what surprises people there, for who wants to know before the key is kept. */
export function VenueFacts({ venue }: { venue: RealVenueId }) {
  const { can, traps } = accountFacts[venue]
  const { name } = venueOf(venue)
  return (
    <section aria-label={`About ${name}`} className="flex flex-col gap-1 text-sm">
      <h3 className="text-ink-soft">{`About ${name}`}</h3>
      <Facts title="What may surprise you" facts={[...traps, windowInWords(can)]} />
      <Facts title="What Candlewright does there" facts={[...usedInWords(can), neverUsed]} />
    </section>
  )
}

function Facts({ title, facts }: { title: string; facts: readonly string[] }) {
  return (
    <details className="border-l-2 border-line pl-3">
      <summary className="min-h-6 cursor-pointer text-ink-strong">{title}</summary>
      <ul className="flex list-disc flex-col gap-1 pb-2 pl-4 text-ink">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </details>
  )
}
