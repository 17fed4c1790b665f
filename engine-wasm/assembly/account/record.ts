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

/** What is asked of an exchange (live). Prices and quantities in whole ticks and steps; NaN where there is none. */
export enum IntentField {
  id,
  market,
  /** An IntentAction. */
  action,
  /** 1 buys, -1 sells. */
  side,
  quantity,
  limitPrice,
  /** Of an entry: where its stop and its first target will be, by the last price. Of `moveStop`: the stop. */
  stop,
  target,
  /** Number of the entry's tag; the ExitReasonCode of an exit, a stop or a target. */
  tag,
  reason,
  /** When it was decided. */
  timeMs,
  /** The intent it replaces or cancels; 0: none. */
  replaces,
  length,
}

export enum IntentAction {
  /** A position begins. */
  enter,
  /** It grows: a safety order, or a strategy in code that wants more. */
  add,
  /** All or a part of it is sold at the market. */
  exit,
  /** Its stop is placed, moved, or covers another quantity. */
  moveStop,
  /** Its next target is placed or moved, or covers another quantity. */
  placeTarget,
  /** What was asked is no longer wanted. */
  cancel,
}

/** How an order at the exchange ended. */
export enum OrderEnd {
  filled,
  cancelled,
  refused,
  expired,
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
  /** Of a strategy in code. */
  notANumber,
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
  /** Number of take-profit levels; in code each order says its own. */
  targetCount,
  /** How the stop of a waiting entry will be made (StopKind), and its price or distance; -1 where none waits. */
  waitingStopKind,
  waitingStop,
  /** Number of the waiting entry's take-profit levels. */
  waitingTargetCount,
  /** Coins that were too small to sell. */
  dust,
  /** Take-profit prices from here on. */
  targets,
  /** Those of the waiting entry from here on; NaN where they are made once the entry price is known. */
  waitingTargets = 100,
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
  intentCount,
  isKeptOutside,
  isDayLost,
  length,
}
