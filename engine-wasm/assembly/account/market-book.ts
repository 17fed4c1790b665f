// What is known of one market: its position, and what is asked of it. All of it is state.
import { Intent, IntentKind, Target } from "./intent"
import { KEPT_CLOSES_BYTES, KeptCloses } from "./kept-closes"

export const MOST_TARGETS: i32 = 20

@unmanaged
export class MarketBook {
  number: i32
  /** 1 long, -1 short, 0 flat. */
  side: i32
  /** Base units, after fees taken from the coins. */
  quantity: f64
  /** Average price of the entry and its additions. */
  entryPrice: f64
  entryTimeMs: f64
  /** Quote currency paid for what is still open, and the fees on it. */
  cost: f64
  entryFees: f64
  /** Live: fees that the exchange took from the coins, in quote currency. */
  coinFees: f64
  entrySlippage: f64
  /** Funding received (negative: paid) on what is still open. */
  funding: f64
  initialRisk: f64
  /** The stop in force (NaN: none). */
  stop: f64
  /** Price or distance the first stop was made from. */
  stopInput: f64
  /** Best price since the entry, on finished candles. */
  bestPrice: f64
  /** How the first stop was made (StopKind), and why the one in force is where it is (ExitReasonCode). */
  stopKind: i32
  stopReason: i32
  /** Next take-profit level, and how many there are. */
  nextTarget: i32
  targetCount: i32
  entryTag: i32
  /** 1: entered or added to inside the candle; whether its high or low came before is not known. */
  enteredInside: i32
  /** Strategy candles closed since the entry. */
  candlesHeld: f64
  /** Strategy candles closed since the last exit; Infinity before the first. */
  candlesSinceExit: f64
  lastClose: f64
  lastTimeMs: f64
  lastOpen: f64
  /** 1: the next candle has opened and its open is handled; its course is not known yet. */
  hasOpened: i32
  /** 1: the market's candles ended before the other markets' did. */
  hasEnded: i32
  /**
   * At the open of the candle under way, for fills inside it: the account's equity, the cash this market may use
   * (NaN: it cannot buy), and how much of it is reserved for this market.
   */
  equityAtOpen: f64
  allowance: f64
  setAside: f64
  /** Coins that were too small to sell: the next position takes them up. */
  dust: f64

  /** The entry, or the change of size, that waits. */
  @inline get entry(): Intent {
    return changetype<Intent>(changetype<usize>(this) + ENTRY)
  }

  /** The exit that waits. */
  @inline get exit(): Intent {
    return changetype<Intent>(changetype<usize>(this) + EXIT)
  }

  /** Room for what safety orders remember of the market (at most OWN_BYTES). */
  @inline get own(): usize {
    return changetype<usize>(this) + OWN
  }

  /** Room for what is asked of an exchange (live; at most ASKED_BYTES). */
  @inline get asked(): usize {
    return changetype<usize>(this) + ASKED
  }

  /** The n-th take-profit level of the position. */
  @inline target(n: i32): Target {
    return changetype<Target>(changetype<usize>(this) + TARGETS + <usize>n * offsetof<Target>())
  }

  /** The n-th take-profit level of the entry that waits. */
  @inline wantedTarget(n: i32): Target {
    return this.target(MOST_TARGETS + n)
  }

  /** Price of the level that comes next; NaN: none. */
  @inline get nextTargetPrice(): f64 {
    return this.nextTarget < this.targetCount ? this.target(this.nextTarget).price : NaN
  }

  @inline get keptCloses(): KeptCloses {
    return changetype<KeptCloses>(changetype<usize>(this) + KEPT)
  }

  /** Values latched for position programs. */
  @inline get latches(): usize {
    return changetype<usize>(this) + LATCHES
  }

  @inline get isIdle(): bool {
    return this.side == 0 && this.entry.kind == IntentKind.none
  }
}

// Behind the book: its intents, the mode's own, the targets of the position and of the entry, the kept closes.
const OWN_BYTES: usize = 32
const ASKED_BYTES: usize = 96
const ENTRY: usize = offsetof<MarketBook>()
const EXIT: usize = ENTRY + offsetof<Intent>()
const OWN: usize = EXIT + offsetof<Intent>()
const ASKED: usize = OWN + OWN_BYTES
const TARGETS: usize = ASKED + ASKED_BYTES
const KEPT: usize = TARGETS + <usize>MOST_TARGETS * 2 * offsetof<Target>()
const LATCHES: usize = KEPT + KEPT_CLOSES_BYTES

/** Bytes of a market's book with room for its latched values and for the awaited ones. */
export function marketBookBytes(latchCount: i32, awaitedCount: i32): i32 {
  return <i32>LATCHES + (latchCount + awaitedCount) * 8
}

/** A flat market without a past. */
export function startMarketBook(book: MarketBook, number: i32): void {
  book.number = number
  book.stop = NaN
  book.candlesSinceExit = Infinity
  book.lastClose = NaN
  book.lastTimeMs = NaN
  book.allowance = NaN
}

/** What the position adds to the account's equity at this price. Quote currency. */
// @ts-ignore: decorator
@inline
export function worth(book: MarketBook, price: f64): f64 {
  if (book.side < 0) return book.quantity * (book.entryPrice - price)
  return book.quantity * price
}
