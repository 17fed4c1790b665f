// The host's input and output of a sweep. Places are numbers of conditions among the bits, -1 for none.

/** A condition, in 32-bit words. */
export enum ConditionWord {
  kind,
  /** Where its bits go. */
  place,
  /** Registers for `known` and `order`, places for the others. */
  a,
  b,
  /** For an order: the places of its two columns' known candles. */
  knownA,
  knownB,
  /** Which carry holds a crossing's last candle. */
  carry,
  /** For an order: the numbers of its columns' coarse ones, -1 where there are none. */
  coarseA,
  coarseB,
  length,
}

export enum ConditionKind {
  /** Where register a has a value. */
  known,
  /** Register a against register b: where greater, where less, where both are known. */
  order,
  greater,
  less,
  notGreater,
  notLess,
  different,
  equal,
  and,
  or,
  not,
  crossover,
  crossunder,
  cross,
}

/** One combination, in 32-bit words: its own conditions, then the places of its four signals. */
export enum CombinationWord {
  /** Index of its first own condition, and how many it has; shared ones are evaluated before all combinations. */
  firstCondition,
  conditionCount,
  enterLong,
  exitLong,
  enterShort,
  exitShort,
  /** Bytes from the first of the settings (a row of Setting) and from the first of the programs. */
  settingsAt,
  programAt,
  length,
}

/** The progress of a combination: one row of f64 for each. Money in quote currency, returns as fractions. */
export enum CombinationField {
  /** Equity at a price is base + slope x price. */
  base,
  slope,
  peak,
  /** Deepest fall from the peak, as a fraction. */
  fall,
  lastEquity,
  dayBefore,
  dayCount,
  /** Mean and squared deviations of the daily returns so far (Welford). */
  dayMean,
  daySquares,
  /** Sum of the squares of negative daily returns. */
  downSquares,
  /** Its trades (account/recorded.ts). */
  tradeCount,
  winCount,
  grossProfit,
  grossLoss,
  profit,
  exposedSamples,
  finalEquity,
  length,
}
