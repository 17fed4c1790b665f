// What a decision asks of a market. Data: it waits in the market's book until it fills, expires or is withdrawn.

export enum IntentKind {
  none,
  /** A position begins. */
  enter,
  /** A position is brought to another share of equity; where it has ended meanwhile, one of that size begins. */
  resize,
  /** The position ends. */
  exit,
}

@unmanaged
export class Intent {
  /** An IntentKind. */
  kind: i32
  /** 1 long, -1 short: of the position. */
  side: i32
  /** 1: at `limitPrice` or better; else at the market. */
  isLimit: i32
  /** Base candles to wait beyond the next open. */
  delay: i32
  /** Candles until a limit order expires. */
  expiresIn: i32
  /** Number of the entry's tag, or the ExitReasonCode. */
  tag: i32
  reason: i32
  /** How its stop is made (StopKind), and how many targets it has. */
  stopKind: i32
  targetCount: i32
  /** How it is sized (SizeKind); 1: all of it or nothing where cash falls short. */
  sizeKind: i32
  isAllOrNone: i32
  spare: i32
  limitPrice: f64
  /** Price or distance of the stop as the deciding candle has it. */
  stopInput: f64
  sizeAmount: f64
}

/** One take-profit level of an intent or a position. */
@unmanaged
export class Target {
  /** NaN in an intent whose target is a percent of the entry, or is made once the entry is known. */
  price: f64
  /** Gain over the entry; NaN where the target is a price. */
  percent: f64
  /** Share of what is still open. */
  share: f64
}
