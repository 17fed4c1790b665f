import type { StrategyTemplate } from "#engine/strategy"

/** The idea behind a strategy: when it should work, and when it should not. What it did is counted elsewhere. */
export function StrategyLimits({ template }: { template: StrategyTemplate }) {
  const rows = [
    ["Expected to work when", template.worksWhen],
    ["Expected to fail when", template.failsWhen],
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
