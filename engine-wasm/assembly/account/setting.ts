// The settings of a run: one row of f64, written by the host (host/engine/encode-settings.ts). Percentages are in
// percent, rates in parts of one, times in milliseconds; 0 means "not used" by default.
export enum Setting {
  fills,
  cash,
  feeRate,
  slippageRate,
  delayCandles,
  /** 1: the buying fee comes from the coins received. */
  feeFromReceived,
  leverage,
  /** No decisions and no equity samples for candles opening before this. */
  tradeFromMs,
  stopKind,
  stopPercent,
  trailingPercent,
  trailingArmPercent,
  trailingBeforeArmPercent,
  /** NaN: not used. */
  breakEvenAtPercent,
  breakEvenPlusPercent,
  timeStopCandles,
  sizeKind,
  /** Percent of equity at risk, percent of equity, or quote amount. */
  sizeAmount,
  /** 0: no cap. */
  maxPositionPercent,
  entryKind,
  limitOffsetPercent,
  limitExpireCandles,
  addTimes,
  addDropPercent,
  addSizeMultiple,
  maxOpenPositions,
  cooldownCandles,
  dailyLossPercent,
  maxDrawdownPercent,
  maxCorrelation,
  targetCount,
  roiCount,
  /** Twenty percents (NaN: a price from the program), then twenty shares of what is still open. */
  targetPercents = 40,
  targetShares = 60,
  /** Fifty minutes ascending, then fifty percents. */
  roiMinutes = 80,
  roiPercents = 130,
  length = 180,
}

export enum FillModeCode {
  conservative,
  freqtrade,
  backtestingPy,
  /** Nothing is filled here: an exchange fills, and the host tells what it did. */
  live,
}

export enum StopKind {
  none,
  percent,
  distance,
  price,
}

export enum SizeKind {
  risk,
  equity,
  quote,
  /** So many base units; an order of a strategy in code. */
  units,
}

export enum EntryKind {
  market,
  limit,
}

/** A market's exchange rules and candles: one row of f64 for each market. */
export enum MarketSetting {
  baseMs,
  minNotional,
  quantityStep,
  priceTick,
  /** Number of the extra column with funding rates, -1 when there is none. */
  fundingColumn,
  timeframeMs,
  /** Open time of the last strategy candle that closes within the data. */
  lastCandleMs,
  /** When the market's candles end; its position is closed then while other markets continue. */
  endMs,
  length,
}
