import { wilsonInterval } from "../../result/statistics/wilson-interval.ts"
import type { CameTrue } from "../market-reading.ts"
import { sharePercent } from "../share-percent.ts"

const PERCENT = 100

/**
 * How sure a record lets anyone be, from 0 to 100: the lower end of where its true share lies (Wilson), rounded down.
 * 0 where that end is not above the coin: such a record supports nothing.
 */
export function supportedPercent({ count, cameTrue }: CameTrue, coinPercent: number): number {
  const lowPercent = PERCENT * (wilsonInterval(cameTrue, count)?.[0] ?? 0)
  return lowPercent > coinPercent ? Math.floor(lowPercent) : 0
}

/** The same in a sentence: why this is the confidence. `coin` says what the coin is, such as "a coin". */
export function supportInWords(record: CameTrue, coinPercent: number, coin: string): string {
  const interval = wilsonInterval(record.cameTrue, record.count)
  if (interval === null) return "Nothing is known of it yet, so it is said without confidence."
  const [low, high] = [Math.floor(PERCENT * interval[0]), Math.ceil(PERCENT * interval[1])]
  const range = `${sharePercent(record)} % of ${record.count} may be anything from ${low} to ${high} %`
  const confidence = supportedPercent(record, coinPercent)
  return confidence > 0
    ? `${range}: the lower end is above ${coin} (${Math.round(coinPercent)} %), and is the confidence.`
    : `${range}: that is not surely above ${coin} (${Math.round(coinPercent)} %), so it is said without confidence.`
}
