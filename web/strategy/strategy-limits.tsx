import type { StrategyTemplate } from "#engine/strategy"

/** The idea behind a strategy: when it works, and when it fails. */
export function StrategyLimits({ template }: { template: StrategyTemplate }) {
  const rows = [
    ["Works when", template.worksWhen],
    ["Fails when", template.failsWhen],
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
