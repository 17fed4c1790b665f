import type { Light } from "../result/lights.ts"
import {
  monthlyReturns,
  tradesPerExitReason,
  tradesPerHour,
  tradesPerMarket,
  tradesPerMonth,
  tradesPerWeekday,
} from "../result/trade-tables.ts"
import { contractJson, RUN_FORMAT, type RunAbout, type RunJson, type WrittenSetup } from "../result/report/run-json.ts"
import { resultHashOf } from "../result/result-hash.ts"
import { rollingSharpe } from "../result/rolling-sharpe.ts"
import { reportCurve } from "../result/report-curve.ts"
import { durationHistogram, profitHistogram } from "../result/trade-histogram.ts"
import { worstDrawdowns } from "../result/drawdown.ts"
import { dangersOf } from "../strategy/document/strategy-dangers.ts"
import { planInWords } from "../strategy/document/plain-words.ts"
import { chosenParams } from "../strategy/document/strategy-document-params.ts"
import { sliceCandles } from "../candles/candles.ts"
import type { RunPlan } from "./engine/engine-run.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import { tradesByRegime } from "./forecast/regime-trades.ts"
import type { RanRun } from "./run-lights.ts"

type WrittenRun = { ran: RanRun; lights: Light[]; currency: string | undefined; isMadeUp?: boolean }

/** A finished run as JSON with all a report needs, and all that repeats it; tables count by UTC days. */
export async function runToJson(session: EngineSession, plan: RunPlan, written: WrittenRun): Promise<RunJson> {
  const { result } = written.ran
  return {
    ...contractJson(result),
    format: RUN_FORMAT,
    resultHash: await resultHashOf(result),
    setup: setupOf(session, plan),
    curve: curveOf(result),
    about: aboutOf(session, plan, written),
  }
}

function setupOf({ markets }: EngineSession, { strategy, params, account, fromMs }: RunPlan): WrittenSetup {
  const chosen = chosenParams(strategy, params)
  const ends = markets.map(({ candles: { openTimeMs, timeframeMs } }) => (openTimeMs.at(-1) ?? 0) + timeframeMs)
  return {
    document: strategy,
    params: chosen.ok ? chosen.values : {},
    account,
    markets: markets.map(({ market, candles, priceTick }) => ({
      market,
      lengthMs: candles.timeframeMs,
      priceTick,
    })),
    fromMs,
    toMs: Math.max(...ends),
  }
}

function curveOf({ equity, holding }: RanRun["result"]): RunJson["curve"] {
  return { openTimeMs: [...equity.openTimeMs], equity: [...equity.equity], holding: [...holding] }
}

function aboutOf(
  session: EngineSession,
  plan: RunPlan,
  { ran, lights, currency, isMadeUp = false }: WrittenRun,
): RunAbout {
  const { strategy, params, account } = plan
  const { result, record } = ran
  const { markets } = session
  const names = markets.map(({ market }) => market)
  const perRegime = tradesByRegime(session, strategy, record)
  const { cash, feePercent, slippagePercent, delayCandles, fills, minNotional, leverage } = account
  return {
    name: strategy.name,
    description: strategy.description,
    timeframe: strategy.timeframe,
    markets: names,
    currency,
    ...(isMadeUp && { isMadeUp }),
    plan: planInWords(strategy, params, { markets: names, currency, cash }).map(({ text }) => text),
    dangers: dangersOf(strategy, { leverage, params }).map(({ because }) => because),
    params: paramsOf(plan),
    account: { cash, feePercent, slippagePercent, delayCandles, fills, minNotional, leverage },
    candles: candlesOf(markets, plan.fromMs),
    curve: reportCurve(record, result),
    rollingSharpe: rollingSharpe(record),
    months: monthlyReturns(record),
    dips: worstDrawdowns(record),
    lights,
    tables: {
      perMarket: tradesPerMarket(record),
      perExitReason: tradesPerExitReason(record),
      perMonth: tradesPerMonth(record),
      perWeekday: tradesPerWeekday(record),
      perHour: tradesPerHour(record),
      ...(perRegime.length > 0 && { perRegime }),
    },
    profitBins: profitHistogram(record.trades),
    hourBins: durationHistogram(record.trades),
  }
}

function paramsOf({ strategy, params }: RunPlan): RunAbout["params"] {
  const chosen = chosenParams(strategy, params)
  if (!chosen.ok) return []
  return Object.entries(strategy.params).map(([name, { label = name }]) => ({ label, value: chosen.values[name] }))
}

function candlesOf(markets: EngineSession["markets"], fromMs: number | undefined): RunAbout["candles"] {
  const tested = markets
    .map(({ candles }) => sliceCandles(candles, { fromMs }))
    .filter(({ openTimeMs }) => openTimeMs.length > 0)
  return {
    fromMs: Math.min(...tested.map(({ openTimeMs }) => openTimeMs[0])),
    toMs: Math.max(...tested.map(({ openTimeMs }) => openTimeMs[openTimeMs.length - 1])),
    count: tested.reduce((sum, { openTimeMs }) => sum + openTimeMs.length, 0),
    lengthMs: Math.min(...tested.map(({ timeframeMs }) => timeframeMs)),
  }
}

/** What prices of a market are in, by its name: "BTC/USDT:USDT" is counted in USDT. Undefined where it does not say. */
export function quoteOf(market: string): string | undefined {
  return /^[^/]+\/([A-Za-z0-9]{1,20})(:|$)/.exec(market)?.[1]
}
