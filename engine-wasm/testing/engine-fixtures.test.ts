import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { builtEngine } from "./built-engine.ts"
import { defaultAccount, type AccountSettings } from "../host/run/backtest-request.ts"
import { candlesFromRows } from "../host/candles/candles.ts"
import type { MarketCandles } from "../host/run/engine/engine-session.ts"
import { strategySchema, type WrittenStrategy } from "../host/strategy/document/strategy-document.ts"
import type { Timeframe } from "../host/candles/timeframe.ts"
import { engineRunner, firstDifference } from "./reference-agreement.ts"
import { freqtradeRun } from "./reference-freqtrade.ts"
import { referenceRun, type ReferenceRequest } from "./reference-broker.ts"

/**
 * A run kept because engine and reference once differed on it. Candles: minutes from the start, open, high, low,
 * close.
 */
type KeptRun = {
  claim: string
  strategy: WrittenStrategy
  account: Partial<AccountSettings>
  markets: { market: string; timeframe: Timeframe; candles: number[][] }[]
  /** Side, entry price, exit price, exit reason. */
  trades: [string, number, number, string][]
  /** Reasons in order. */
  rejected: string[]
}

const START_MS = Date.UTC(2024, 0, 1)
const folder = new URL("../fixtures/runs/", import.meta.url)
const kept = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as KeptRun)
const runEngine = engineRunner(await builtEngine())

describe.for(kept)("$claim", ({ strategy, account, markets, trades, rejected }) => {
  const request: ReferenceRequest = {
    strategy: strategySchema.parse(strategy),
    account: { ...defaultAccount, ...account },
    markets: markets.map(marketOf),
  }

  test("in the engine", () => {
    const run = runEngine(request)
    expect(
      run.trades.map(({ side, entryPrice, exitPrice, exitReason }) => [
        side > 0 ? "long" : "short",
        near(entryPrice),
        near(exitPrice),
        exitReason,
      ]),
    ).toEqual(trades)
    expect(run.rejected.map(({ reason }) => reason)).toEqual(rejected)
  })

  test("and in the reference, to the last figure", () => {
    const { trades, rejected, equity } = runEngine(request)
    const record =
      account.fills === "freqtrade"
        ? { trades, rejected, equity: equity.map((sample) => sample.equity) }
        : runEngine(request)
    expect(
      firstDifference(record, account.fills === "freqtrade" ? freqtradeRun(request) : referenceRun(request)),
    ).toBeUndefined()
  })
})

function marketOf({ market, timeframe, candles }: KeptRun["markets"][number]): MarketCandles {
  const gate = candlesFromRows(
    candles.map(([minutes, ...prices]) => [START_MS + minutes * 60_000, ...prices, 1]),
    { timeframe },
  )
  if (!gate.ok) throw new Error(gate.because)
  return { market, candles: gate.candles }
}

/** A price as people write it. */
function near(price: number): number {
  return Number(price.toPrecision(12))
}
