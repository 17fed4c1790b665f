import type { CandleColumns, Timeframe } from "#engine/candles"
import { outcomeOfCall } from "#engine/run"
import type { ForecastModel } from "#engine/strategy"
import { dueMs } from "#models"
import { listAnalyses, settleAnalyses } from "../../db/analyses.ts"
import { callsOf, type KeptCall, putCalls, settleCall } from "../../db/signal-call.ts"
import type { SignalsFound } from "../../run/signals-job.ts"
import type { SignalsApi } from "../../run/signals-worker.ts"
import address from "../../run/signals-worker.ts?worker&url"
import { BackgroundWorker, WorkerFailed } from "../../worker/background-worker.ts"
import { callsNow } from "./panel-calls.ts"
import type { PanelMarket } from "./panel-market.ts"

let worker: BackgroundWorker<SignalsApi> | undefined

/** What to look at, and with which models. */
type Look = {
  market: Pick<PanelMarket, "key" | "name">
  keptId: string | undefined
  live: CandleColumns | undefined
  timeframe: Timeframe
  models: readonly ForecastModel[]
}

/**
 * What is said of a market at its last closed candle. Calls that are due by now get their outcome first, then what is
 * said now is kept, before anybody knows what comes. Throws in words.
 */
export async function lookAtMarket({ market, keptId, live, timeframe, models }: Look): Promise<SignalsFound> {
  // Where nothing is kept, what is said now is all there is.
  const waiting = await waitingFor(market, timeframe).catch(() => nobody)
  const timesMs = [...new Set([...waiting.calls.map((call) => call.dueMs), ...waiting.analysesMs])]
  const found = await inWorker({ marketId: keptId, live, timeframe, models, timesMs })
  const closes = new Map(timesMs.map((timeMs, n) => [timeMs, found.closes[n] ?? undefined]))
  await settle(market, waiting.calls, closes).catch(() => {})
  await putCalls(callsNow(market.key, found, models, Date.now())).catch(() => {})
  return found
}

type Waiting = { calls: KeptCall[]; analysesMs: number[] }
const nobody: Waiting = { calls: [], analysesMs: [] }

/** What was said of these candles before and has no outcome yet. */
async function waitingFor({ key, name }: Look["market"], timeframe: Timeframe): Promise<Waiting> {
  const [calls, analyses] = await Promise.all([callsOf(key), listAnalyses()])
  return {
    calls: calls.filter((call) => call.outcome === null && call.timeframe === timeframe),
    analysesMs: analyses
      .filter((one) => one.outcome === null && one.market === name && one.facts.timeframe === timeframe)
      .map(dueMs),
  }
}

async function settle({ name }: Look["market"], calls: KeptCall[], closes: Map<number, number | undefined>) {
  for (const call of calls) {
    const close = closes.get(call.dueMs)
    if (close !== undefined) await settleCall(call.id, outcomeOfCall(call, close))
  }
  await settleAnalyses(name, async (_, timeMs) => closes.get(timeMs))
}

async function inWorker(asked: Parameters<SignalsApi["look"]>[0]): Promise<SignalsFound> {
  worker ??= new BackgroundWorker<SignalsApi>(address)
  try {
    return await worker.call((remote) => remote.look(asked))
  } catch (error) {
    // One that could not start, or ran out of memory, is replaced at the next look.
    if (error instanceof WorkerFailed) worker = undefined
    throw error
  }
}
