import type { StrategyTemplate } from "#engine/strategy"

/** When a strategy works, when it fails, and the least money it makes sense with. */
export function StrategyLimits({ template }: { template: StrategyTemplate }) {
  const rows = [
    ["Works when", template.worksWhen],
    ["Fails when", template.failsWhen],
    ["Needs", template.smallestCapital],
  ]
  return (
    <dl className="flex flex-col gap-2 text-sm">
      {rows.map(([name, words]) => (
        <div key={name}>
          <dt className="font-medium text-ink">{name}</dt>
          <dd className="text-ink-soft">{words}</dd>
        </div>
      ))}
    </dl>
  )
}
