import { formatNumber } from "../../candles/number-format.ts"
import { dateWords } from "../../candles/date-words.ts"

/** The size of a picture, and the room around what is drawn. */
export const picture = { width: 720, left: 8, right: 60, top: 10, bottom: 22 } as const

/** Where a value lies in a picture; and which values are named beside it. */
export type Scale = { at: (value: number) => number; ticks: number[] }

/** Values from `min` to `max` on a line from `from` to `to`, with about `count` round values named. */
export function linearScale({ min, max }: Range, from: number, to: number, count = 4): Scale {
  const [low, high] = min === max ? [min - 1, max + 1] : [min, max]
  const step = roundStep((high - low) / count)
  const first = Math.ceil(low / step - 1e-9)
  const ticks = Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, n) => (first + n) * step)
  return { at: (value) => from + ((value - low) / (high - low)) * (to - from), ticks }
}

/** As `linearScale`, where equal steps are equal growth. For values above 0. */
export function logScale({ min, max }: Range, from: number, to: number): Scale {
  const [low, high] = min === max ? [min / 2, max * 2] : [min, max]
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const powers = Array.from({ length: last - first + 1 }, (_, n) => 10 ** (first + n))
  const ticks = powers.flatMap((power) => [power, 2 * power, 5 * power]).filter((tick) => tick >= low && tick <= high)
  const share = (value: number) => Math.log(value / low) / Math.log(high / low)
  return { at: (value) => from + share(value) * (to - from), ticks }
}

/** Money that grew or fell by more than this factor is drawn by its growth: the beginning would be a flat line. */
const WIDE = 4

/** The scale a column of money is best seen on. */
export function moneyScale(range: Range, from: number, to: number): Scale & { isLog: boolean } {
  const isLog = range.min > 0 && range.max / range.min > WIDE
  return { ...(isLog ? logScale : linearScale)(range, from, to), isLog }
}

export type Range = { min: number; max: number }

/** The lowest and the highest of some columns; what is not finite does not count. */
export function rangeOf(...columns: readonly (readonly number[])[]): Range {
  let [min, max] = [Infinity, -Infinity]
  for (const column of columns)
    for (const value of column) {
      if (!Number.isFinite(value)) continue
      min = Math.min(min, value)
      max = Math.max(max, value)
    }
  return min > max ? { min: 0, max: 1 } : { min, max }
}

/** 1, 2 or 5 times a power of ten, at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  return [1, 2, 5, 10].map((times) => times * power).find((each) => each >= step * (1 - 1e-9)) ?? 10 * power
}

/** A number beside an axis, with as few digits as its step needs. */
export function tickWords(value: number, ticks: readonly number[]): string {
  const steps = ticks.slice(1).map((tick, n) => Math.abs(tick - ticks[n]))
  const step = steps.length > 0 ? Math.min(...steps) : Math.abs(value) || 1
  return formatNumber(value, Math.max(0, Math.min(8, -Math.floor(Math.log10(step) + 1e-9))))
}

/** A coordinate, without digits no pixel has. */
export function px(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 : 0
}

/** "2024-03-01". */
export function dayWords(timeMs: number): string {
  return dateWords(timeMs).split(",")[0]
}
