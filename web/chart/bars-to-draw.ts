/**
 * The bars of a column worth a point on the screen, from `from` to `to`, both included: where several share a pixel,
 * the first, the lowest, the highest and the last of them. NaN is not worth a point.
 */
export function barsToDraw(values: Float64Array, { from, to, barsPerPixel }: BarStretch): number[] {
  const bars: number[] = []
  const step = Math.max(1, barsPerPixel)
  for (let start = from; start <= to;) {
    const end = Math.min(to, Math.max(start, Math.ceil(start + step) - 1))
    takeExtremes(values, start, end, bars)
    start = end + 1
  }
  return bars
}

export type BarStretch = { from: number; to: number; barsPerPixel: number }

function takeExtremes(values: Float64Array, start: number, end: number, bars: number[]): void {
  let [first, lowest, highest, last] = [-1, -1, -1, -1]
  for (let bar = start; bar <= end; bar++) {
    const value = values[bar]
    if (Number.isNaN(value)) continue
    if (first < 0) first = lowest = highest = bar
    if (value < values[lowest]) lowest = bar
    if (value > values[highest]) highest = bar
    last = bar
  }
  if (first < 0) return
  const [one, other] = lowest < highest ? [lowest, highest] : [highest, lowest]
  bars.push(first)
  for (const bar of [one, other, last]) if (bar > bars[bars.length - 1]) bars.push(bar)
}

/** The lowest and highest value of some columns between two bars, both included; undefined without any number. */
export function rangeOf(columns: readonly Float64Array[], from: number, to: number): Range | undefined {
  let [min, max] = [Infinity, -Infinity]
  for (const values of columns) {
    for (let bar = Math.max(0, from); bar <= Math.min(to, values.length - 1); bar++) {
      if (values[bar] < min) min = values[bar]
      if (values[bar] > max) max = values[bar]
    }
  }
  return min <= max ? { min, max } : undefined
}

export type Range = { min: number; max: number }
