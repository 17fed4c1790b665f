import { CodeStopped } from "../code/code-stopped.ts"
import { prepareRun, type EngineRun, type RunPlan } from "./engine-run.ts"
import type { EngineSession } from "./engine-session.ts"
import type { Program } from "../../strategy/compile/program.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { SimulationRecorder, type Simulation } from "./simulation-recorder.ts"

/** Base candles between two checks of progress and cancel. */
export const SLICE_CANDLES = 65_536

export type Simulated = { ok: true; simulation: Simulation } | { ok: false; problems: StrategyProblem[] }

/** A run in slices: each `next` does up to 65,536 base candles a market and returns how many are done. */
export type SimulationSteps = Generator<number, Simulation>

/** The whole run at once. */
export function simulate(session: EngineSession, plan: RunPlan): Simulated {
  const prepared = prepareRun(session, plan)
  if (!prepared.ok) return prepared
  const steps = simulationSteps(prepared.run)
  return CodeStopped.orElse(() => {
    for (;;) {
      const step = steps.next()
      if (step.done) return { ok: true, simulation: step.value }
    }
  })
}

/** Runs all candles of a prepared run, slice by slice. */
export function* simulationSteps({
  session: { instance, markets },
  programs,
  tags,
  shown,
}: EngineRun): SimulationSteps {
  const recorder = new SimulationRecorder({
    samples: Math.max(...markets.map(({ candles }) => candles.openTimeMs.length)),
    candleTimesMs: sampledTimes(markets, programs),
  })
  const endMs = Math.max(
    ...markets.map(({ candles }) => (candles.openTimeMs.at(-1) ?? -Infinity) + candles.timeframeMs),
  )
  for (let done = 0; ;) {
    const more = instance.advance(SLICE_CANDLES, endMs)
    recorder.take(instance, markets)
    shown?.take()
    if (more === 0) break
    done += more
    yield done
  }
  instance.finish()
  recorder.take(instance, markets)
  return recorder.simulation(instance, tags())
}

/** The candles' times, where one market's every candle is a strategy candle. */
function sampledTimes(
  markets: EngineSession["markets"],
  [{ clocks, strategyClock }]: Program[],
): Float64Array | undefined {
  const [{ candles }] = markets
  return markets.length === 1 && clocks[strategyClock].timeframeMs === candles.timeframeMs
    ? candles.openTimeMs
    : undefined
}
