/** Milliseconds of two works, run in turns after a warm-up so that a change in the machine's speed meets both; medians and their ratio. */
export function interleaved(runs: number, first: () => void, second: () => void): { firstMs: number; secondMs: number; ratio: number } {
  for (let run = 0; run < 5; run++) {
    first()
    second()
  }
  const firsts: number[] = []
  const seconds: number[] = []
  for (let run = 0; run < runs; run++) {
    firsts.push(milliseconds(first))
    seconds.push(milliseconds(second))
  }
  return { firstMs: median(firsts), secondMs: median(seconds), ratio: median(firsts.map((ms, run) => ms / seconds[run])) }
}

/** How long one call takes. */
export function milliseconds(work: () => void): number {
  const begin = performance.now()
  work()
  return performance.now() - begin
}

/** Median of a few repetitions after one warm-up. */
export function medianMilliseconds(runs: number, work: () => void): number {
  work()
  return median(Array.from({ length: runs }, () => milliseconds(work)))
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1]
}
