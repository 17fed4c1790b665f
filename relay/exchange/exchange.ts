import type { Timeframe } from "#engine/candles"

// Everything a bot needs from an exchange. Money, prices and quantities are decimal texts, exactly as the exchange
// wrote them; times are UTC milliseconds on the exchange's clock. No call here can move money out of an account.

/** A market by its usual name: "BTC/USDT". */
export type MarketName = string

export type Market = {
  name: MarketName
  base: string
  quote: string
  /** It accepts orders now. */
  isOpen: boolean
  priceStep: string
  quantityStep: string
  minQuantity: string | undefined
  maxQuantity: string | undefined
  /** Minimum of price times quantity, in quote. */
  minNotional: string | undefined
} & MarketTerms

/** What else an exchange says about a market: what it can do there, and its limits. Undefined where it does not say. */
export type MarketTerms = {
  can: MarketAbilities
  /** Limits that market orders, and stops once they trigger, have besides. */
  marketOrders: { quantityStep: string | undefined; maxQuantity: string | undefined }
  /** How far from the average price of the last minutes an order may be priced, as factors. */
  priceBand:
    | { buy: { from: string; to: string }; sell: { from: string; to: string }; averageMinutes: number }
    | undefined
  maxOpenOrders: number | undefined
  /** Stops that wait at the same time. */
  maxWaitingStops: number | undefined
}

export type MarketAbilities = {
  orderKinds: OrderKind["kind"][]
  /**
   * Entry and exits in one request. `received`: the exits sell what the entry received, its commission taken off,
   * locked until then. `fixed`: they have a quantity of their own. Both start when the entry is completely filled.
   */
  protect: "received" | "fixed" | undefined
  /** A stop and a target of which the first to trade ends the other. */
  pair: boolean
  /** Cancel one order and place another in one request. */
  replace: boolean
  /** Change the price and size of a stop that waits, without taking it away. */
  amend: boolean
}

export type Balance = { asset: string; free: string; locked: string }

/** What a key may do. Undefined means the exchange does not say. */
export type KeyPermissions = {
  reading: boolean | undefined
  trading: boolean | undefined
  /** Money may leave the account, or move to another one of the owner's. */
  withdrawing: boolean | undefined
  isBoundToAddress: boolean | undefined
  /** The exchange's own name of the account that the key opens: keys of one account have the same. */
  ofAccount: string | undefined
}

export type OrderKind =
  | { kind: "market" }
  | { kind: "limit"; price: string }
  /** All of it at once, at this price or a better one, or nothing. */
  | { kind: "fill-or-kill"; price: string }
  | { kind: "limit-maker"; price: string }
  | { kind: "stop"; stopPrice: string }
  | { kind: "stop-limit"; stopPrice: string; price: string }

/** An order to send. The caller makes the id and never reuses it. */
export type WantedOrder = {
  clientOrderId: string
  market: MarketName
  side: "buy" | "sell"
  quantity: string
} & OrderKind

/**
 * An entry with the exits that start when it is completely filled: the exchange holds them, whatever happens to us.
 * A limit entry may fill in part and wait for the rest without exits; `fill-or-kill` cannot.
 */
export type ProtectedEntry = {
  /** Names entry and exits together. */
  clientListId: string
  entry: WantedOrder & { kind: "limit" | "fill-or-kill" }
  /** Where the market does not take it from what the entry received (`can.protect`). */
  exitQuantity: string
  /** With a `price` it is a stop-limit: for markets without stops that sell at any price. */
  stop: { clientOrderId: string; stopPrice: string; price?: string }
  target?: { clientOrderId: string; price: string }
}

/** `waiting`: it starts when another order fills. `expired` and `cancelled` may have filled in part. */
export type OrderStatus = "waiting" | "open" | "filled" | "cancelled" | "expired" | "rejected"

export type PlacedOrder = {
  /** Empty while it waits for its entry at an exchange that gives it a number only then. */
  exchangeOrderId: string
  clientOrderId: string
  market: MarketName
  side: "buy" | "sell"
  status: OrderStatus
  quantity: string
  /** Cumulative; it never falls. */
  filledQuantity: string
  filledQuote: string
  updatedMs: number
  createdMs?: number
  /** Of a stop, where the exchange says it. */
  stopPrice?: string
  /** It waits for the price to rise. */
  waitsAbove?: true
  /** The exchange made it of somebody's entry: it carries nobody's id. */
  isAttached?: true
}

/** One trade of one of our orders. (market, fillId) is unique. */
export type Fill = {
  fillId: string
  exchangeOrderId: string
  market: MarketName
  side: "buy" | "sell"
  price: string
  quantity: string
  fee: string
  feeAsset: string
  timeMs: number
}

/**
 * Fills since a time, of one order, or from a known fill on: that one may come again, and where the exchange cannot
 * count from a fill, others of its moment and before it in time may too. None is left out.
 */
export type FillsWanted = { market: MarketName } & (
  | { sinceMs: number }
  | { exchangeOrderId: string }
  | { from: Pick<Fill, "fillId" | "timeMs"> }
)

export type ClosedCandle = {
  openTimeMs: number
  open: string
  high: string
  low: string
  close: string
  volume: string
}

export type RefusalReason =
  | "insufficient-balance"
  | "rule"
  /** Its price is further from the market's than the exchange takes now. */
  | "too-far"
  | "duplicate-id"
  | "market-closed"
  /** It knows no such market, or no longer. */
  | "unknown-market"
  /** No more orders, or lists, may be open on this market. */
  | "too-many-orders"
  /** No more stops may wait on this market. */
  | "too-many-stops"
  | "would-trade-at-once"
  | "would-trigger-at-once"
  | "key"
  | "clock"
  | "busy"
  /** This address may not ask at all for a while: every further request makes it longer. */
  | "banned"
  | "unsupported"
  /** The old order could not be cancelled, so its replacement was not tried. */
  | "not-tried"
  /** The last gate did not let it out. */
  | "gate"
  | "other"

/** The exchange has certainly not accepted it: a structured refusal with a known code, or it was never sent. */
export type Refused = {
  ok: false
  because: "refused"
  reason: RefusalReason
  message: string
  code: number | undefined
  /** When asking again is allowed. */ retryAfterMs: number | undefined
}

/** Nobody knows: the order may be at the exchange. Only asking the exchange settles it; never send again. */
export type Unknown = { ok: false; because: "unknown"; message: string }

export type PlaceAnswer = { ok: true; orders: PlacedOrder[] } | Refused | Unknown

/** What became of both halves of a replacement. `cancelled` is `no` too when the old order had ended before: ask for it. */
export type ReplaceAnswer = { cancelled: "yes" | "no" | "unknown"; placed: PlaceAnswer }

/** Where a stop sells, and how much, where that changes; `price` of a stop-limit alone. */
export type StopTerms = { quantity?: string; stopPrice: string; price?: string }

/** `not-open`: nothing is left to cancel, or to move; it may have been filled, so ask for the order. */
export type CancelAnswer = { ok: true } | { ok: false; because: "not-open" } | Refused | Unknown

export type OrderName = {
  market: MarketName
  clientOrderId?: string
  exchangeOrderId?: string
  /** Which kind of order it is, where the caller knows: some exchanges look for one kind alone. */
  kind?: OrderKind["kind"]
  /** The entry it was placed with, of an exit that has no number yet. */
  attachedTo?: AttachedTo
}

/**
 * An entry and the price of one of its exits, stop or target. Bybit and Coinbase name such exits themselves: our id is
 * unknown there, and the exit is found by its entry.
 */
export type AttachedTo = {
  clientOrderId: string
  exchangeOrderId?: string
  exitPrice: string
  /** Exits that look the same, and are of other entries. */
  others?: readonly string[]
}

/** What the exchange pushes. After `gap` nothing received before counts as complete until `caught-up`. */
export type AccountNews =
  | { kind: "order"; order: PlacedOrder }
  | { kind: "fill"; fill: Fill }
  | { kind: "gap"; because: string }
  | { kind: "caught-up" }

/** Whether a market takes orders now, and the smallest: quote currency and base units, decimal texts, where it says so. */
export type MarketNow = { isOpen: boolean; minNotional?: string; minQuantity?: string }

/** An exchange account as bots see it. Reads throw `ExchangeUnreachable` when the exchange does not answer. */
export interface Exchange {
  readonly name: string
  /** So long after its signature a request may still be taken, milliseconds. */
  readonly requestLivesMs: number
  serverTimeMs(): Promise<number>
  /** How far this machine's clock is ahead of the exchange's, by the last measurement; undefined before the first. */
  clockErrorMs(): number | undefined
  /** Reads anew every time: rules change while a bot runs. */
  markets(): Promise<Market[]>
  /** What a market takes at this moment: one small question, asked anew every time. */
  marketNow(market: MarketName): Promise<MarketNow>
  /**
   * Candles that opened at or after `fromMs` and are closed by the exchange's clock, oldest first, without the
   * forming one.
   */
  closedCandles(wanted: {
    market: MarketName
    timeframe: Timeframe
    fromMs: number
    limit: number
  }): Promise<ClosedCandle[]>
  balances(): Promise<Balance[]>
  keyPermissions(): Promise<KeyPermissions>
  /** Sends once; no layer below sends again. Throws only before anything is sent. */
  place(order: WantedOrder): Promise<PlaceAnswer>
  /**
   * Entry and exits in one request; refused as `unsupported` where the market cannot. The entry comes first; exits that
   * have no number yet may be left out: ask for them.
   */
  placeProtected(entry: ProtectedEntry): Promise<PlaceAnswer>
  /** Cancels one order and, only if that succeeds, places another: in one request, where the market can. */
  replace(old: OrderName, order: WantedOrder): Promise<ReplaceAnswer>
  /** Moves a stop that waits; refused as `unsupported` where the market cannot. Sends once. */
  amend(stop: OrderName, to: StopTerms): Promise<CancelAnswer>
  cancel(order: OrderName): Promise<CancelAnswer>
  /** Undefined when the exchange says it has no such order. */
  order(name: OrderName): Promise<PlacedOrder | undefined>
  openOrders(market: MarketName): Promise<PlacedOrder[]>
  /** All fills wanted, oldest first, each once. */
  fills(wanted: FillsWanted): Promise<Fill[]>
  /**
   * Listens to orders and fills of these markets until you call the returned function; other listeners stay. Where none
   * is named it hears what the exchange pushes of orders in all markets, and nothing else.
   */
  watchAccount(markets: MarketName[], listener: (news: AccountNews) => void): () => Promise<void>
  close(): Promise<void>
}

/** Why a question stayed unanswered; `no-answer` when nothing says why. */
export type Silence = "banned" | "busy" | "maintenance" | "key" | "clock" | "no-answer"

/** The exchange did not answer. The bot loop retries or says so. */
export class ExchangeUnreachable extends Error {
  constructor(
    message: string,
    readonly because: Silence,
    /** When asking again is allowed, if the exchange said so. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
