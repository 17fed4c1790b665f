/** A stretch of time, UTC ms: from `fromMs` on and before `toMs`. */
export type TimeRange = { fromMs: number; toMs: number }

/** The ranges and one more, in order; those that touch or overlap become one. */
export function withRange(ranges: TimeRange[], added: TimeRange): TimeRange[] {
  const inOrder = [...ranges, added].filter(({ fromMs, toMs }) => fromMs < toMs).toSorted((a, b) => a.fromMs - b.fromMs)
  return inOrder.reduce<TimeRange[]>((joined, range) => {
    const last = joined.at(-1)
    if (!last || range.fromMs > last.toMs) return [...joined, range]
    return [...joined.slice(0, -1), { fromMs: last.fromMs, toMs: Math.max(last.toMs, range.toMs) }]
  }, [])
}

/** The ranges without what lies in another one. */
export function withoutRange(ranges: TimeRange[], gone: TimeRange): TimeRange[] {
  return ranges
    .flatMap(({ fromMs, toMs }) => [
      { fromMs, toMs: Math.min(toMs, gone.fromMs) },
      { fromMs: Math.max(fromMs, gone.toMs), toMs },
    ])
    .filter(({ fromMs, toMs }) => fromMs < toMs)
}
