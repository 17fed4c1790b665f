/** The cost of a call. We compare processor time: it stays the same on a busy machine. */
export type Cost = { cpuMs: number; wallMs: number }

/**
 * Two pieces of work side by side: median milliseconds of each, and the median of the ratios of their processor
 * times.
 */
export type SideBySide = { first: Cost; second: Cost; ratio: number }

/** The platform recompiles a loop several times before it is at its best; on a busy machine that takes a while. */
const WARM_UP_MS = 2_000
const WARM_UPS = 5

/** Runs two pieces of work in turns after a warm-up, so that a change in the machine's speed affects both. */
export function interleaved(runs: number, first: () => unknown, second: () => unknown): SideBySide {
  for (let run = 0, spentMs = 0; run < WARM_UPS || spentMs < WARM_UP_MS; run++)
    spentMs += costOf(first).cpuMs + costOf(second).cpuMs
  const firsts: Cost[] = []
  const seconds: Cost[] = []
  for (let run = 0; run < runs; run++) {
    firsts.push(costOf(first))
    seconds.push(costOf(second))
  }
  return {
    first: medianCost(firsts),
    second: medianCost(seconds),
    ratio: median(firsts.map(({ cpuMs }, run) => cpuMs / seconds[run].cpuMs)),
  }
}

/** Median cost of a few repetitions after one warm-up. */
export function repeated(runs: number, work: () => unknown): Cost {
  work()
  return medianCost(Array.from({ length: runs }, () => costOf(work)))
}

/**
 * The cost of one call: milliseconds of processor time, all threads of the process together, and of wall-clock time.
 */
export function costOf(work: () => unknown): Cost {
  const begin = performance.now()
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - begin }
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}

function medianCost(costs: readonly Cost[]): Cost {
  return { cpuMs: median(costs.map(({ cpuMs }) => cpuMs)), wallMs: median(costs.map(({ wallMs }) => wallMs)) }
}

/** The same of work that is waited for. */
export async function costOfAsync(work: () => Promise<unknown>): Promise<Cost> {
  const begin = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - begin }
}
