import type { Formula } from "../formula/formula.ts"
import { everyPartOf } from "../formula/formula-walk.ts"

export type Range = { min: number; max: number }

const percents = "rsi mfi stoch stochf stochRsi adx adxr dx plusDi minusDi aroon percentRank"
const ranges = new Map<string, Range>([
  ...percents.split(" ").map((name) => [name, { min: 0, max: 100 }] as const),
  ["cmo", { min: -100, max: 100 }],
  ["aroonosc", { min: -100, max: 100 }],
  ["willr", { min: -100, max: 0 }],
])
/** Averages stay between the least and the most of what they average. */
const averages = new Set("sma wma ema rma trima median highest lowest".split(" "))

/** Each name that is compared with an oscillator that never leaves its range, and that range. */
export function boundedLevels(formulas: Formula[], series: ReadonlyMap<string, Formula>): Map<string, Range> {
  const found = new Map<string, Range>()
  for (const part of [...formulas, ...series.values()].flatMap(everyPartOf)) {
    const [left, right] = comparedBy(part)
    for (const [level, other] of [
      [left, right],
      [right, left],
    ]) {
      const range = level?.kind === "name" && other ? rangeOf(other, series) : undefined
      if (range && level?.kind === "name") found.set(level.name, range)
    }
  }
  return found
}

function comparedBy(part: Formula): Formula[] {
  if (part.kind === "binary" && /^[<>]=?$/.test(part.operator)) return [part.left, part.right]
  const crosses = part.kind === "call" && ["crossover", "crossunder", "cross"].includes(part.name)
  return crosses ? part.arguments : []
}

function rangeOf(of: Formula, series: ReadonlyMap<string, Formula>): Range | undefined {
  switch (of.kind) {
    case "name":
      return series.has(of.name) ? rangeOf(series.get(of.name)!, series) : undefined
    case "output":
    case "history":
    case "timeframe":
      return rangeOf(of.of, series)
    case "call":
      return averages.has(of.name) ? rangeOf(of.arguments[0], series) : ranges.get(of.name)
    default:
      return undefined
  }
}
