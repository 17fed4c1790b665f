// A run's records: rows of f64, emptied by the host whenever a buffer is nearly full.

export enum TradeField {
  market,
  side,
  quantity,
  entryTimeMs,
  entryPrice,
  exitTimeMs,
  exitPrice,
  exitReason,
  profit,
  feesPaid,
  slippagePaid,
  initialRisk,
  entryTag,
  length,
}

export enum RejectedField {
  timeMs,
  market,
  reason,
  length,
}

/** Order of exitReasons in host/backtest-result.ts. */
export enum ExitReasonCode {
  signal,
  stop,
  trailing,
  takeProfit,
  roi,
  timeStop,
  breakEven,
  liquidation,
  endOfData,
}

/** Order of rejectedReasons in host/backtest-result.ts. */
export enum RejectedReasonCode {
  /** Nothing refuses it. */
  none = -1,
  cooldown,
  maxOpenPositions,
  dailyLoss,
  maxDrawdown,
  correlation,
  cash,
  minimumNotional,
  quantityStep,
  conflictingSignals,
  limitExpired,
  notReady,
  stopBeyondEntry,
}

/** Fields of a market's position and waiting orders (account/book-value.ts). */
export enum BookField {
  /** 1 long, -1 short, 0 flat. */
  side,
  quantity,
  entryPrice,
  entryTimeMs,
  /** NaN: none. */
  stop,
  /** An ExitReasonCode. */
  stopReason,
  /** Index of the next take-profit level. */
  nextTarget,
  bestPrice,
  candlesHeld,
  /** 1 or -1 while an entry waits, else 0. */
  waitingEntry,
  limitPrice,
  /** The ExitReasonCode of a waiting exit, -1 when none waits. */
  waitingExit,
  /** Take-profit prices from here on. */
  targets,
}

/** Order of the account's fields in the state (account/account.ts). */
export enum AccountField {
  cash,
  margin,
  equity,
  peakEquity,
  day,
  dayStartEquity,
  halted,
  openPositions,
  waitingEntries,
  setAsideCount,
  withheld,
  exposedSamples,
  ambiguousCandles,
  sampleCount,
  length,
}
