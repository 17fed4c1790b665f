import { timeframesMs } from "../../candles/timeframe.ts"
import { documentLimits, type StrategyDocument } from "../../strategy/document/strategy-document.ts"

/** A strategy that enters by chance, and the names of the params that say how often and which chance. */
export type ChanceDocument = { strategy: StrategyDocument; often: string; seed: string }

/** The largest prime below 2^25: the square of twice a rest stays a whole number that a float knows exactly. */
export const CHANCE_PRIME = 33_554_393
/** Seeds are below this, so that what they add to a rest stays below the prime. */
export const CHANCE_SEEDS = 4_096
const ROUNDS = 2

/**
 * The strategy with its entry conditions replaced by chance, and everything else as it is: exits, stops, size, limits.
 * Chance is a hash of the candle's time and shape and of a seed, so that any number of them run together as one sweep,
 * and none can know what comes. `longShare`: how many of the entries are long. Undefined for code, which cannot be
 * changed, and for a document that has no room for another name.
 */
export function chanceDocument(strategy: StrategyDocument, longShare: number): ChanceDocument | undefined {
  const { params, series, long, short } = strategy
  const hasRoom =
    Object.keys(params).length + 2 <= documentLimits.params &&
    Object.keys(series).length + ROUNDS + 1 <= documentLimits.series
  if (strategy.code || !hasRoom) return undefined
  const name = namer(strategy)
  const [often, seed] = [name("chanceOften"), name("chanceSeed")]
  const hash = Array.from({ length: ROUNDS + 1 }, (_, round) => name(`chance${round}`))
  const drawn = hash[ROUNDS]
  const shares = long && short ? { long: longShare, short: 1 - longShare } : { long: 1, short: 1 }
  return {
    often,
    seed,
    strategy: {
      ...strategy,
      params: {
        ...params,
        [often]: { type: "number", value: 0, min: 0, max: 1, step: 0.001 },
        [seed]: { type: "int", value: 0, min: 0, max: CHANCE_SEEDS - 1, step: 1 },
      },
      series: { ...series, ...hashSeries(hash, seed, timeframesMs[strategy.timeframe]) },
      long: long && { ...long, enter: { all: [`${drawn} < ${often} * ${CHANCE_PRIME * shares.long}`] } },
      // From the other end, so that both sides never enter at once.
      short: short && {
        ...short,
        enter: { all: [`${drawn} >= ${CHANCE_PRIME} - ${often} * ${CHANCE_PRIME * shares.short}`] },
      },
    },
  }
}

/**
 * A rest from time and shape, which all seeds share; then a seed is added, and it is squared and reduced again and again.
 * The rest is taken with `floor`, a hundred times as fast as `%` here, and as exact below 2^53.
 */
function hashSeries([shared, ...rounds]: string[], seed: string, candleMs: number): Record<string, string> {
  const first = `floor(time / ${candleMs}) * 40503 + floor(1000000 * (high + low) / close)`
  const series: Record<string, string> = { [shared]: restOf(first) }
  let before = `(${shared} + ${seed} * 8191)`
  rounds.forEach((name, round) => {
    series[name] = restOf(`${before} * (${before} + ${48_271 + 1_000 * round})`)
    before = name
  })
  return series
}

function restOf(whole: string): string {
  return `${whole} - ${CHANCE_PRIME} * floor((${whole}) / ${CHANCE_PRIME})`
}

/** Gives names that the document does not have yet. */
function namer({ params, series }: StrategyDocument): (wanted: string) => string {
  const text = new Set([...Object.keys(params), ...Object.keys(series)])
  return (wanted) => {
    let name = wanted
    while (text.has(name)) name += "x"
    return name
  }
}
