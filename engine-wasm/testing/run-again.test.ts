import { expect, test } from "vitest"
import { HOUR_MS } from "../host/candles/timeframe.ts"
import { syntheticCandles } from "../host/candles/synthetic/synthetic-candles.ts"
import type { RunJson } from "../host/result/report/run-json.ts"
import { type AccountSettings, type BacktestRequest, defaultAccount } from "../host/run/backtest-request.ts"
import { backtestIn, openBacktest } from "../host/run/backtest.ts"
import { runToJson } from "../host/run/run-json.ts"
import { strategyFromJson } from "../host/strategy/document/strategy-document-from-json.ts"
import { strategyTemplates } from "../host/strategy/templates/templates.ts"
import { builtEngine } from "./built-engine.ts"

const engine = await builtEngine()
const startMs = Date.UTC(2024, 0, 1)
const markets = [5, 6].map((seed) => ({
  market: `SEED${seed}/USDT`,
  candles: syntheticCandles({ seed, candles: 3_000, timeframe: "1h", startMs, startPrice: 100, kind: "mixed" }),
}))

async function writtenRun(request: BacktestRequest): Promise<string> {
  const opened = openBacktest(engine, request)
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  const ran = await backtestIn(opened.session, opened.plan)
  if (!ran.ok) throw new Error(JSON.stringify(ran.problems))
  return JSON.stringify(await runToJson(opened.session, opened.plan, { ran, lights: [], currency: "USDT" }))
}

test.for(strategyTemplates.filter(({ document }) => !document.code))(
  "$id runs again from its file and the candles alone, to the last bit",
  async ({ document }) => {
    const checked = strategyFromJson(document)
    if (!checked.ok) throw new Error("a template is a strategy")
    const [param] = Object.entries(checked.strategy.params).filter(([, { type }]) => type !== "bool")
    const written = await writtenRun({
      strategy: checked.strategy,
      params: param && { [param[0]]: (param[1] as { max: number }).max },
      account: { ...defaultAccount, cash: 333, feePercent: 0.2, slippagePercent: 0.05, delayCandles: 1, leverage: 2 },
      markets,
      fromMs: startMs + 300 * HOUR_MS,
      toMs: startMs + 2_500 * HOUR_MS,
    })
    const run = JSON.parse(written) as RunJson
    const { document: kept, params, account, fromMs, toMs } = run.setup!
    const read = strategyFromJson(kept)
    if (!read.ok) throw new Error("a run's strategy is a strategy")
    const settings = account as AccountSettings
    expect(await writtenRun({ strategy: read.strategy, params, account: settings, markets, fromMs, toMs })).toBe(
      written,
    )
    expect(run.curve!.equity).toHaveLength(run.curve!.openTimeMs.length)
    expect(run.curve!.holding).toHaveLength(run.curve!.openTimeMs.length)
  },
)
