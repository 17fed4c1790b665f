import { conditionsOf, type StrategyDocument, type StrategyRule } from "#engine/strategy"

const joins = { all: "all of", any: "any of" }

/** The same strategy as its rules are written: numbers, named formulas, conditions. */
export function CardRules({ document: { params, series, long, short, code } }: { document: StrategyDocument }) {
  if (code) return <p className="text-ink-soft">Its rules are written in code. Use it, and open it to read them.</p>
  const numbers = Object.entries(params).map(([name, { value }]) => `${name} = ${value}`)
  const formulas = Object.entries(series).map(([name, formula]) => `${name} = ${formula}`)
  return (
    <dl data-testid="card-rules" className="flex flex-col gap-4">
      <Lines title="Numbers" lines={numbers} />
      <Lines title="Named formulas" lines={formulas} />
      <Rule title="Buy when" rule={long?.enter} />
      <Rule title="Sell when" rule={long?.exit} />
      <Rule title="Sell short when" rule={short?.enter} />
      <Rule title="Buy back when" rule={short?.exit} />
    </dl>
  )
}

function Rule({ title, rule }: { title: string; rule: StrategyRule | null | undefined }) {
  if (!rule) return null
  const { join, formulas } = conditionsOf(rule)
  return <Lines title={formulas.length > 1 ? `${title} ${joins[join]}` : title} lines={formulas} />
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <div className="grid gap-x-6 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-sm font-medium text-ink-soft">{title}</dt>
      <dd className="flex flex-col gap-1 font-mono text-sm wrap-anywhere text-ink">
        {lines.map((line) => (
          <code key={line}>{line}</code>
        ))}
      </dd>
    </div>
  )
}
