import { type Candles } from "#engine/candles"
import { defaultAccount, loadCodeEngine, openSession, runRecord, type Engine } from "#engine/run"
import { convertToCode, strategyFromJson, type StrategyDocument } from "#engine/strategy"
import { installedCore } from "../relay/cli/installation.ts"
import { cross } from "./cross.ts"
import { fusedCross } from "./fused-cross.ts"
import { costOf, median } from "./interleaved.ts"

const WARM_UPS = 3
const RUNS = 9
const account = { ...defaultAccount, cash: 10_000, feePercent: 0.01 }

type CodeFigures = Record<"codeRatioToRules" | "codeRatioToFused" | "codeMilliseconds" | "fuelMeteringRatio", number>

/**
 * The cross as rules, the same converted to code, and that code without fuel counting: the run alone, candles already
 * in memory.
 */
export async function measureCode(engine: Engine, candles: Candles): Promise<CodeFigures> {
  const code = inCode(cross)
  const metered = await codeEngine(code, false)
  const unmetered = await codeEngine(code, true)
  const scale = 10 ** candles.priceDecimals
  const runs: { byHand: number; rules: number; metered: number; unmetered: number }[] = []
  for (let run = -WARM_UPS; run < RUNS; run++) {
    const costs = {
      byHand: costOf(() => fusedCross(candles, account.cash, account.feePercent / 100, scale)).cpuMs,
      rules: cpuOfRun(engine, cross, candles),
      metered: cpuOfRun(metered, code, candles),
      unmetered: cpuOfRun(unmetered, code, candles),
    }
    if (run >= 0) runs.push(costs)
  }
  return {
    codeRatioToRules: median(runs.map((run) => run.metered / run.rules)),
    codeRatioToFused: median(runs.map((run) => run.metered / run.byHand)),
    codeMilliseconds: median(runs.map((run) => run.metered)),
    fuelMeteringRatio: median(runs.map((run) => run.metered / run.unmetered)),
  }
}

function inCode(rules: StrategyDocument): StrategyDocument {
  const converted = convertToCode(rules)
  const checked = converted.ok ? strategyFromJson(converted.document) : converted
  if (!checked.ok) throw new Error(checked.problems[0].because)
  return checked.strategy
}

async function codeEngine({ code }: StrategyDocument, unmetered: boolean): Promise<Engine> {
  const loaded = await loadCodeEngine(code!.source, { core: await installedCore(), unmetered })
  if (!loaded.ok) throw new Error(loaded.problems[0].because)
  return loaded.engine
}

/** Code wants memory of its own for every run, so each begins in a fresh instance; creating it is not measured. */
function cpuOfRun(engine: Engine, strategy: StrategyDocument, candles: Candles): number {
  const session = openSession(engine, [{ market: "BENCH/USD", candles }])
  return costOf(() => {
    const run = runRecord(session, { strategy, account })
    if (!run.ok) throw new Error(run.problems[0].because)
  }).cpuMs
}
