/** Price stories a person can start: what happens to the market while they watch. */
export const scenarioKinds = ["crash", "rally", "flat", "flash-wick"] as const
export type ScenarioKind = (typeof scenarioKinds)[number]

export type Scenario = {
  kind: ScenarioKind
  fromMs: number
  lastsMs: number
  /** Share of the price, 0.2 is 20 %. */ size: number
}

const usual: Record<ScenarioKind, { lastsMs: number; size: number }> = {
  crash: { lastsMs: 300_000, size: 0.2 },
  rally: { lastsMs: 300_000, size: 0.2 },
  flat: { lastsMs: 600_000, size: 0 },
  "flash-wick": { lastsMs: 10_000, size: 0.15 },
}

/** A scenario with its usual length and size by default. */
export function scenarioOf(
  kind: ScenarioKind,
  fromMs: number,
  wanted: { lastsMs?: number; size?: number } = {},
): Scenario {
  return { kind, fromMs, lastsMs: wanted.lastsMs ?? usual[kind].lastsMs, size: wanted.size ?? usual[kind].size }
}

/** Overlapping stories move a price at most by this factor, up or down. */
const MOST_LEVEL = 1_000
const MOST_TICKS = Number.MAX_SAFE_INTEGER

/** Bends a market's price path: the source's price times a level that scenarios move. Prices are whole ticks. */
export class PriceBend {
  /** The path's prices are multiplied by it, price stories that play aside. */
  level = 1
  private frozenTicks = 0
  private current: Scenario | undefined

  start(scenario: Scenario, lastTicks: number): void {
    this.current = scenario
    this.frozenTicks = lastTicks
  }

  /** The bent price of this moment: a whole number of ticks within the safe range, whatever the stories. */
  bend(sourceTicks: number, nowMs: number): number {
    const scenario = this.current
    if (!scenario) return inBounds(sourceTicks * this.level)
    const done = Math.min(1, (nowMs - scenario.fromMs) / scenario.lastsMs)
    if (scenario.kind === "flat") return this.hold(sourceTicks, done)
    const bent = inBounds(sourceTicks * this.level * (1 + moved(scenario, done)))
    if (done === 1) this.settle(1 + moved(scenario, 1))
    return bent
  }

  /** Ends the story that plays as if its time were over. */
  finish(sourceTicks: number, nowMs: number): void {
    const { current } = this
    if (current) this.bend(sourceTicks, Math.max(nowMs, current.fromMs + current.lastsMs))
  }

  private hold(sourceTicks: number, done: number): number {
    // When the flat time ends the market continues from its last price, without a jump.
    if (done === 1) this.settle(this.frozenTicks / (sourceTicks * this.level))
    return this.frozenTicks
  }

  private settle(factor: number): void {
    this.level = Math.min(MOST_LEVEL, Math.max(1 / MOST_LEVEL, this.level * factor))
    this.current = undefined
  }
}

/** How far the price is from its normal path, as a share, when `done` (0 to 1) of the scenario has passed. */
function moved({ kind, size }: Scenario, done: number): number {
  if (kind === "crash") return -size * done
  if (kind === "rally") return size * done
  return done < 0.5 ? -size * 2 * done : -size * 2 * (1 - done)
}

function inBounds(ticks: number): number {
  return Math.min(MOST_TICKS, Math.max(1, Math.round(ticks)))
}
