/** A stretch of time, UTC ms: from `fromMs` up to, but without, `toMs`. */
export type TimeRange = { fromMs: number; toMs: number }

/** The same times as ranges in order that neither overlap nor touch. Empty ranges vanish. */
export function joinRanges(ranges: readonly TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = []
  for (const { fromMs, toMs } of ranges.filter(isStretch).toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1)
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs)
    else joined.push({ fromMs, toMs })
  }
  return joined
}

/** The rest of `ranges` after removing `taken`, in order. */
export function rangesWithout(ranges: readonly TimeRange[], taken: readonly TimeRange[]): TimeRange[] {
  return joinRanges(taken).reduce((left, hole) => left.flatMap((range) => cutOut(range, hole)), joinRanges(ranges))
}

/** The ranges in both `ranges` and `others`, in order. */
export function rangesWithin(ranges: readonly TimeRange[], others: readonly TimeRange[]): TimeRange[] {
  return rangesWithout(ranges, rangesWithout(ranges, others))
}

/** Total length of the ranges, ms; overlaps count once. */
export function rangesLengthMs(ranges: readonly TimeRange[]): number {
  return joinRanges(ranges).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
}

function cutOut(range: TimeRange, hole: TimeRange): TimeRange[] {
  const before = { fromMs: range.fromMs, toMs: Math.min(range.toMs, hole.fromMs) }
  const after = { fromMs: Math.max(range.fromMs, hole.toMs), toMs: range.toMs }
  return [before, after].filter(isStretch)
}

function isStretch({ fromMs, toMs }: TimeRange): boolean {
  return fromMs < toMs
}
