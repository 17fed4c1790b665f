import type { StrategyReply } from "#engine/idea"

/** Where each part of an answer comes from: the person's own words, and what was assumed without them. */
export function CardWhy({
  reply: { understood, assumptions },
  hash,
}: {
  reply: StrategyReply
  hash: string | undefined
}) {
  return (
    <section aria-label="Why these rules" className="flex flex-col gap-3 border-t border-line pt-4">
      <h4 className="font-semibold">Why these rules</h4>
      <dl className="flex flex-col">
        {understood.map(({ from, words, meaning }) => (
          <div
            key={from}
            className="grid gap-x-6 gap-y-0.5 border-t border-line py-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
          >
            <dt className="wrap-anywhere text-ink-soft">
              “<bdi>{words}</bdi>”
            </dt>
            <dd dir="auto" className="wrap-anywhere text-ink">
              {meaning}
            </dd>
          </div>
        ))}
      </dl>
      {understood.length === 0 && (
        <p className="text-ink-soft">None of your words named a rule; everything is assumed.</p>
      )}
      {assumptions.length > 0 && (
        <p className="max-w-[64ch] text-ink-soft">
          What you did not say was filled in with the careful usual, and is listed above. Say it, and yours counts.
        </p>
      )}
      {hash && (
        <p className="text-sm text-ink-soft">
          Using it puts exactly this strategy into your library, and no other: its fingerprint is{" "}
          <code className="font-mono">{hash.slice(0, 12)}</code>. It places no order; a bot of yours starts only where
          you start it.
        </p>
      )}
    </section>
  )
}
