// What the broker knows of one market: its rules, its position and its waiting orders. All of it is state.
import { setting } from "./account"
import { KEPT_CLOSES_BYTES, KeptCloses } from "./kept-closes"
import { MarketSetting, Setting } from "./setting"

export const MOST_TARGETS: i32 = 20

/** How an order waits. */
export enum Waiting {
  none,
  market,
  limit,
}

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
  entrySlippage: f64
  /** Funding received (negative: paid) on what is still open. */
  funding: f64
  initialRisk: f64
  /** First entry's quantity and the last addition's price: safety orders count from them. */
  firstQuantity: f64
  lastAddPrice: f64
  addCount: i32
  entryTag: i32
  /** The stop in force (NaN: none) and why it stands there: an ExitReasonCode. */
  stop: f64
  /** Price or distance the first stop was made from. */
  stopInput: f64
  stopReason: i32
  /** Next take-profit level, and how many there are. */
  nextTarget: i32
  targetCount: i32
  /** Best price since the entry, on finished candles. */
  bestPrice: f64
  liquidationPrice: f64
  /** Strategy candles closed since the entry. */
  candlesHeld: f64
  /** Strategy candles closed since the last exit; Infinity before the first. */
  candlesSinceExit: f64
  lastClose: f64
  lastTimeMs: f64
  lastOpen: f64
  /** 1: the next candle has opened and its open has been dealt with; how it goes on is not known yet. */
  hasOpened: i32
  /** 1: the market's candles ended before the other markets' did. */
  hasEnded: i32
  /**
   * From the open of the candle under way, for what fills inside it: the account's equity, the cash this market may
   * use (NaN: nothing of it can be bought), and how much of it nobody else may.
   */
  equityAtOpen: f64
  allowance: f64
  setAside: f64
  /** 1: every formula has had its first value; used by the backtesting.py mode. */
  isReady: f64
  /** Coins too small to sell. */
  dust: f64

  /** A waiting entry: how, which way, base candles to wait, limit price, strategy candles until it expires. */
  entryWaits: i32
  entrySide: i32
  entryDelay: i32
  limitPrice: f64
  expiresIn: i32
  waitingTag: i32
  /** Price or distance taken at the deciding candle. */
  waitingStop: f64
  /** A waiting exit by market order: reason, base candles to wait. */
  exitWaits: i32
  exitReason: i32
  exitDelay: i32
  /**
   * Set where the position was entered, or a safety order filled, inside the candle: what its high or low was for is
   * not known.
   */
  enteredInside: i32
  /**
   * An exit order whose price the candle did not hold, in the freqtrade mode: placed when (0: none), at what price,
   * why.
   */
  exitOrderReason: i32
  exitOrderMs: f64
  /**
   * When the entry's order was placed, in the freqtrade mode: its trades begin there, also where the fill came later.
   */
  orderedMs: f64
  exitOrderPrice: f64

  @inline target(n: i32): f64 {
    return load<f64>(changetype<usize>(this) + offsetof<MarketBook>() + ((<usize>n) << 3))
  }

  @inline setTarget(n: i32, price: f64): void {
    store<f64>(changetype<usize>(this) + offsetof<MarketBook>() + ((<usize>n) << 3), price)
  }

  /** Target prices taken at the deciding candle (NaN: a percent of the entry). */
  @inline waitingTarget(n: i32): f64 {
    return this.target(MOST_TARGETS + n)
  }

  @inline setWaitingTarget(n: i32, price: f64): void {
    this.setTarget(MOST_TARGETS + n, price)
  }

  /** Values latched for position programs. */
  @inline get latches(): usize {
    return changetype<usize>(this.keptCloses) + KEPT_CLOSES_BYTES
  }

  /** The kept closes, behind the targets. */
  @inline get keptCloses(): KeptCloses {
    return changetype<KeptCloses>(changetype<usize>(this) + offsetof<MarketBook>() + <usize>MOST_TARGETS * 16)
  }

  @inline get isIdle(): bool {
    return this.side == 0 && this.entryWaits == Waiting.none
  }
}

/** Bytes of a market's book with room for its latched values and for which awaited ones have come. */
export function marketBookBytes(latchCount: i32, awaitedCount: i32): i32 {
  return <i32>offsetof<MarketBook>() + MOST_TARGETS * 16 + <i32>KEPT_CLOSES_BYTES + (latchCount + awaitedCount) * 8
}

/** A flat market with no past. */
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

let marketSettings: usize = 0

/** Tells the broker where the markets' rules stand: one row of MarketSetting for each. */
export function useMarketSettings(address: usize): void {
  marketSettings = address
}

/** One rule of a market. */
// @ts-ignore: decorator
@inline
export function marketSetting(number: i32, n: i32): f64 {
  return load<f64>(marketSettings + ((<usize>(number * MarketSetting.length + n)) << 3))
}

/** Price to the market's tick: `up` to the next above, else to the next below; unchanged without a tick. */
export function toTick(book: MarketBook, price: f64, up: bool): f64 {
  const tick = marketSetting(book.number, MarketSetting.priceTick)
  if (tick <= 0 || price != price) return price
  const ticks = price / tick
  return multipleOf(tick, up ? ceil(ticks - slack(ticks)) : floor(ticks + slack(ticks)))
}

/** Quantity down to the market's step. Counted in whole lots: 0.3 in lots of 0.1 is 3, whatever f64 thinks. */
export function toStep(book: MarketBook, quantity: f64): f64 {
  const step = marketSetting(book.number, MarketSetting.quantityStep)
  if (step <= 0) return quantity
  const lots = quantity / step
  return multipleOf(step, floor(lots + slack(lots)))
}

const TOLERANCE: f64 = 1e-9
const RELATIVE_TOLERANCE: f64 = 1e-14

/**
 * How far from a whole number a count may be and still mean it: a bitcoin's price in cents is known to 2e-9 of one
 * only.
 */
function slack(count: f64): f64 {
  return max(TOLERANCE, abs(count) * RELATIVE_TOLERANCE)
}

/** n x step, as the nearest f64 to the decimal: 3 x 0.1 is 0.3. */
function multipleOf(step: f64, n: f64): f64 {
  let scale: f64 = 1
  while (scale < MOST_DECIMALS && !isWhole(step * scale)) scale *= 10
  return scale < MOST_DECIMALS ? (n * nearest(step * scale)) / scale : n * step
}

const MOST_DECIMALS: f64 = 1e15

// @ts-ignore: decorator
@inline
function isWhole(value: f64): bool {
  return abs(value - nearest(value)) <= TOLERANCE * value
}

/** Price moved against the trader by slippage: buying costs more, selling brings less. */
// @ts-ignore: decorator
@inline
export function slipped(price: f64, buying: bool): f64 {
  const rate = setting(Setting.slippageRate)
  return buying ? price * (1 + rate) : price * (1 - rate)
}
