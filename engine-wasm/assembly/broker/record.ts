// What a run tells the host: rows of f64, emptied by the host whenever a buffer is nearly full.

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

/** Order of the account's fields in the state (broker/account.ts). */
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
  exposedSamples,
  ambiguousCandles,
  sampleCount,
  length,
}
