import { conditionsOf, type StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { chosenParams, resolvedStrategy } from "../../strategy/document/strategy-document-params.ts"
import { formulasOf } from "../../strategy/document/strategy-check.ts"
import { emptyOf } from "./filled.ts"
import { wholeStrategy, type WholeStrategy } from "./strategy-shape.ts"

/** A document as a model writes one, for a model that shall change it. Code has no place there. */
export function wholeFromDocument(document: StrategyDocument): WholeStrategy {
  const empty = emptyOf(wholeStrategy) as WholeStrategy
  const chosen = chosenParams(document)
  const values = chosen.ok ? chosen.values : {}
  const { protect, size, orders, add, limits } = resolvedStrategy(document, values)
  const { stopLoss, takeProfit, trailing, breakEven, roi, timeStop } = protect
  return {
    ...empty,
    plan: document.description.slice(0, 400),
    name: document.name.slice(0, 80),
    timeframe: document.timeframe,
    markets: document.markets.slice(0, 10),
    settings: namedInFormulas(document).map((name) => ({ name, value: Number(values[name]) })),
    series: Object.entries(document.series).map(([name, formula]) => ({ name, formula })),
    long: sideOf(document.long, empty.long),
    short: sideOf(document.short, empty.short),
    stop: { ...empty.stop, ...stopLoss },
    targets: takeProfit.map((target) => ({ percent: 0, formula: "", ...target })),
    trailing: { ...empty.trailing, ...trailing },
    breakEven: { ...empty.breakEven, ...breakEven },
    roi,
    timeStopCandles: timeStop?.candles ?? 0,
    size: { ...empty.size, ...size },
    entryOrder: { ...empty.entryOrder, ...orders.entry },
    add: { ...empty.add, ...add },
    limits: Object.fromEntries(
      Object.entries(limits).map(([name, value]) => [name, value ?? 0]),
    ) as WholeStrategy["limits"],
  }
}

/** Numbers that stand in protection, size and limits are shown where they stand. */
function namedInFormulas(document: StrategyDocument): string[] {
  const formulas = formulasOf(document).join("\n")
  return Object.keys(document.params).filter((name) => new RegExp(`\\b${name}\\b`).test(formulas))
}

function sideOf(side: StrategyDocument["long"], empty: WholeStrategy["long"]): WholeStrategy["long"] {
  if (side === null) return empty
  const enter = conditionsOf(side.enter)
  const exit = side.exit === null ? undefined : conditionsOf(side.exit)
  return { join: enter.join, enter: enter.formulas, exitJoin: exit?.join ?? "any", exit: exit?.formulas ?? [] }
}

/** The same without what is not used, to say it shortly. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (typeof value !== "object" || value === null) return value
  const kept = Object.entries(value)
    .map(([name, part]) => [name, withoutEmpty(part)] as const)
    .filter(([, part]) => !isEmpty(part))
  return Object.fromEntries(kept)
}

function isEmpty(part: unknown): boolean {
  if (Array.isArray(part)) return part.length === 0
  return part === "" || part === 0 || (typeof part === "object" && part !== null && Object.keys(part).length === 0)
}
