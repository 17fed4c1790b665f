import {
  EntryKind,
  FillModeCode,
  MarketSetting,
  Setting,
  SizeKind,
  StopKind,
} from "../../../assembly/account/setting.ts"
import type { AccountSettings, FillMode } from "../backtest-request.ts"
import type { Candles } from "../../candles/candles.ts"
import type { ResolvedStrategy } from "../../strategy/document/strategy-document-params.ts"
import { candleOpenMs } from "../../candles/timeframe.ts"

const fillModes: Record<FillMode, FillModeCode> = {
  conservative: FillModeCode.conservative,
  freqtrade: FillModeCode.freqtrade,
  "backtesting.py": FillModeCode.backtestingPy,
}
const stopKinds = {
  none: StopKind.none,
  percent: StopKind.percent,
  atr: StopKind.distance,
  price: StopKind.price,
} as const
const sizeKinds = { risk: SizeKind.risk, equity: SizeKind.equity, quote: SizeKind.quote } as const
const entryKinds = { market: EntryKind.market, limit: EntryKind.limit } as const

/** The run's settings in the engine's format. */
export function encodeSettings(
  strategy: ResolvedStrategy,
  account: AccountSettings,
  tradeFromMs: number,
): Float64Array {
  const row = new Float64Array(Setting.length)
  encodeAccount(row, account, tradeFromMs)
  encodeProtection(row, strategy.protect)
  encodeLevels(row, strategy.protect)
  encodeSize(row, strategy)
  encodeLimits(row, strategy)
  return row
}

function encodeAccount(row: Float64Array, account: AccountSettings, tradeFromMs: number): void {
  row[Setting.fills] = fillModes[account.fills]
  row[Setting.cash] = account.cash
  row[Setting.feeRate] = account.feePercent / 100
  row[Setting.slippageRate] = account.slippagePercent / 100
  row[Setting.delayCandles] = account.delayCandles
  row[Setting.feeFromReceived] = account.feeFrom === "received" ? 1 : 0
  row[Setting.leverage] = account.leverage
  row[Setting.tradeFromMs] = tradeFromMs
}

function encodeProtection(row: Float64Array, protect: ResolvedStrategy["protect"]): void {
  const { stopLoss, trailing, breakEven, timeStop } = protect
  row[Setting.stopKind] = stopKinds[stopLoss.kind]
  row[Setting.stopPercent] = stopLoss.kind === "percent" ? stopLoss.percent : 0
  row[Setting.trailingPercent] = trailing?.percent ?? 0
  row[Setting.trailingArmPercent] = trailing?.armAtPercent ?? 0
  row[Setting.trailingBeforeArmPercent] = trailing?.beforeArmPercent ?? 0
  row[Setting.breakEvenAtPercent] = breakEven ? breakEven.atPercent : Number.NaN
  row[Setting.breakEvenPlusPercent] = breakEven?.plusPercent ?? 0
  row[Setting.timeStopCandles] = timeStop?.candles ?? 0
}

function encodeLevels(row: Float64Array, { takeProfit, roi }: ResolvedStrategy["protect"]): void {
  row[Setting.targetCount] = takeProfit.length
  takeProfit.forEach((target, level) => {
    row[Setting.targetPercents + level] = "percent" in target ? target.percent : Number.NaN
    row[Setting.targetShares + level] = target.share
  })
  const steps = roi
    .map((step) => ({ minutes: step.afterMinutes, percent: step.percent }))
    .sort((a, b) => a.minutes - b.minutes)
  row[Setting.roiCount] = steps.length
  steps.forEach(({ minutes, percent }, step) => {
    row[Setting.roiMinutes + step] = minutes
    row[Setting.roiPercents + step] = percent
  })
}

function encodeSize(row: Float64Array, { size, orders, add }: ResolvedStrategy): void {
  row[Setting.sizeKind] = sizeKinds[size.kind]
  row[Setting.sizeAmount] = size.kind === "quote" ? size.amount : size.percent
  row[Setting.maxPositionPercent] = size.kind === "risk" ? size.maxPositionPercent : 0
  row[Setting.entryKind] = entryKinds[orders.entry.kind]
  if (orders.entry.kind === "limit") {
    row[Setting.limitOffsetPercent] = orders.entry.offsetPercent
    row[Setting.limitExpireCandles] = orders.entry.expireCandles
  }
  row[Setting.addTimes] = add?.maxTimes ?? 0
  row[Setting.addDropPercent] = add?.everyDropPercent ?? 0
  row[Setting.addSizeMultiple] = add?.sizeMultiple ?? 0
}

function encodeLimits(row: Float64Array, { limits }: ResolvedStrategy): void {
  row[Setting.maxOpenPositions] = limits.maxOpenPositions
  row[Setting.cooldownCandles] = limits.cooldownCandles
  row[Setting.dailyLossPercent] = limits.dailyLossPercent ?? 0
  row[Setting.maxDrawdownPercent] = limits.maxDrawdownPercent ?? 0
  row[Setting.maxCorrelation] = limits.maxCorrelation ?? 0
}

export type ExchangeRules = Pick<AccountSettings, "minNotional" | "quantityStep" | "priceTick">

/** One market's rules in the engine's format; `extras` are the names of its extra columns in order. */
export function encodeMarketSettings(
  account: ExchangeRules,
  candles: Candles,
  extras: readonly string[],
  timeframeMs: number,
): number[] {
  const row: number[] = Array.from({ length: MarketSetting.length }, () => 0)
  row[MarketSetting.baseMs] = candles.timeframeMs
  row[MarketSetting.minNotional] = account.minNotional
  row[MarketSetting.quantityStep] = account.quantityStep
  row[MarketSetting.priceTick] = account.priceTick
  row[MarketSetting.fundingColumn] = extras.indexOf("funding")
  row[MarketSetting.timeframeMs] = timeframeMs
  row[MarketSetting.lastCandleMs] = lastCandleMs(candles, timeframeMs)
  row[MarketSetting.endMs] = (candles.openTimeMs.at(-1) ?? -Infinity) + candles.timeframeMs
  return row
}

/** The same for a market that goes on: its candles have no end. */
export function encodeLiveMarket(account: ExchangeRules, candles: Candles, extras: readonly string[]): number[] {
  const row = encodeMarketSettings(account, candles, extras, candles.timeframeMs)
  row[MarketSetting.lastCandleMs] = row[MarketSetting.endMs] = Infinity
  return row
}

/** Open time of the last candle of the timeframe that closes within the candles; -Infinity when none does. */
function lastCandleMs({ openTimeMs, timeframeMs: baseMs }: Candles, timeframeMs: number): number {
  const endMs = (openTimeMs.at(-1) ?? -Infinity) + baseMs
  for (let i = openTimeMs.length - 1; i >= 0; i--) {
    const openMs = candleOpenMs(openTimeMs[i], timeframeMs)
    if (openMs + timeframeMs <= endMs) return openMs
  }
  return -Infinity
}
