import type { StrategyDocument, StrategyParam } from "../../strategy/document/strategy-document.ts"
import type { Dimension } from "../search/search-space.ts"

/** Params beyond these keep their value: a space must stay countable. */
const MOST_VARIED = 12
/** Values of each, evenly spread between its bounds. */
const MOST_VALUES = 20

/** A document's params as dimensions: each between its own bounds in its own steps, thinned out. */
export function ownDimensions({ params }: StrategyDocument): Dimension[] {
  return Object.entries(params)
    .map(([name, param]) => ({ name, values: valuesOf(param) }))
    .filter(({ values }) => values.length > 1)
    .slice(0, MOST_VARIED)
}

function valuesOf(param: StrategyParam): (number | boolean)[] {
  if (param.type === "bool") return [false, true]
  const steps = Math.floor((param.max - param.min) / param.step + 1e-9)
  const count = Math.min(steps, MOST_VALUES - 1)
  const place = (n: number) => (count === 0 ? 0 : Math.round((n * steps) / count))
  return Array.from({ length: count + 1 }, (_, n) => Number((param.min + place(n) * param.step).toPrecision(10)))
}
