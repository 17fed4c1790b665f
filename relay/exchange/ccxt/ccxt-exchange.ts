import type { Timeframe } from "#engine/candles"
import { venueOf } from "#venues"
import { sleep } from "../../surroundings.ts"
import { AccountWatch } from "./account-watch.ts"
import { type CcxtClient, openClient, type VenueAccess } from "./ccxt-client.ts"
import { fillsWanted } from "./ccxt-fills.ts"
import { closedCandles, openOrders } from "./ccxt-pages.ts"
import { replaceRequest } from "./binance-requests.ts"
import { allAmountsOf, type Amounts, amountsOf, offGrid, requestFor } from "./ccxt-requests.ts"
import { balancesFromCcxt, marketFromCcxt, orderFromBinance, orderFromCcxt } from "./ccxt-shapes.ts"
import {
  type AccountNews,
  type Balance,
  type CancelAnswer,
  type ClosedCandle,
  type Exchange,
  ExchangeUnreachable,
  type Fill,
  type FillsWanted,
  type KeyPermissions,
  type Market,
  type MarketName,
  type MarketNow,
  type MarketTerms,
  type OrderKind,
  type OrderName,
  type PlaceAnswer,
  type PlacedOrder,
  type ProtectedEntry,
  type Refused,
  type ReplaceAnswer,
  type StopTerms,
  type Unknown,
  type WantedOrder,
} from "../exchange.ts"
import { isNotFound, refused, retryAfterMs, silenceOf, verdictOn } from "../failure.ts"
import { replaced, replacementFailed } from "./replace-answer.ts"
import { OrderLookup } from "./order-lookup.ts"
import { acknowledged, type AskVenue } from "./protection.ts"
import { unsaidRights } from "./key-rights.ts"
import type { VenueClock } from "./venue-clock.ts"
import { type Dialect, dialects } from "./venue-dialect.ts"

export type CcxtExchangeOptions = VenueAccess & { auditEveryMs?: number }

/** Opens an exchange over ccxt. The first call sends the first request. */
export async function openExchange(options: CcxtExchangeOptions): Promise<Exchange> {
  const { client, time } = await openClient(options)
  return new CcxtExchange(client, time, options)
}

/** Binance, Bybit, Coinbase and the simulated exchange behind one interface. */
class CcxtExchange implements Exchange {
  readonly name: string
  readonly requestLivesMs: number
  private readonly dialect: Dialect
  private readonly watches = new Set<AccountWatch>()
  private readonly lookup: OrderLookup
  private loading: Promise<void> | undefined

  constructor(
    private readonly client: CcxtClient,
    private readonly time: VenueClock,
    private readonly options: CcxtExchangeOptions,
  ) {
    this.dialect = dialects[options.venue]
    this.requestLivesMs = this.dialect.requestLivesMs
    this.lookup = new OrderLookup(client, this.dialect, this.ask, time.nowMs)
    this.name = options.name ?? venueOf(options.venue).name
  }

  async serverTimeMs(): Promise<number> {
    const serverMs = await this.read(async () => Number(await this.client.fetchTime()))
    await this.time.heard(serverMs)
    return serverMs
  }

  clockErrorMs(): number | undefined {
    return this.time.errorMs()
  }

  async markets(): Promise<Market[]> {
    const markets = await this.read(() => this.client.loadMarkets(true))
    return Object.values(markets)
      .filter((market) => market?.spot)
      .map((market) => marketFromCcxt(market!, this.dialect.termsOf(market!.info)))
  }

  marketNow(market: MarketName): Promise<MarketNow> {
    const { path, params, now } = this.dialect.trading
    return this.read(async () => now(await this.implicit(path, params(this.idOf(market)))))
  }

  closedCandles(wanted: {
    market: MarketName
    timeframe: Timeframe
    fromMs: number
    limit: number
  }): Promise<ClosedCandle[]> {
    return this.read(() => closedCandles(this.client, wanted, venueOf(this.options.venue).candlesPerPage))
  }

  balances(): Promise<Balance[]> {
    return this.read(async () => balancesFromCcxt(await this.client.fetchBalance(this.dialect.balanceParams)))
  }

  async keyPermissions(): Promise<KeyPermissions> {
    const { keyRights } = this.dialect
    const isAsked = keyRights.onTestnet || !this.options.isTestnet
    const rights = isAsked ? keyRights.from(await this.read(() => this.implicit(keyRights.path, {}))) : unsaidRights
    const { account } = keyRights
    if (account === undefined) return rights
    return { ...rights, ofAccount: account.from(await this.read(() => this.implicit(account.path, {}))) }
  }

  async place(order: WantedOrder): Promise<PlaceAnswer> {
    const wrong = await this.wrongWith(order.market, order.kind, () => amountsOf(order))
    const late = "stopPrice" in order ? await this.tooLate(order.market, order.side, order.stopPrice) : undefined
    return wrong ?? late ?? this.onItsSide(order, await this.send(() => this.placed(order)))
  }

  async placeProtected(wanted: ProtectedEntry): Promise<PlaceAnswer> {
    const { market, kind } = wanted.entry
    const wrong = await this.wrongWith(market, kind, (terms) => allAmountsOf(wanted, terms))
    if (wrong) return wrong
    const terms = this.termsOf(market)
    if (!terms.can.protect) return this.cannot("place an entry together with its exits", market)
    const { protection } = this.dialect
    const answer = await this.send(async () => {
      const { path, params } = protection.request(wanted, this.idOf(market), terms)
      return protection.placed(await this.implicit(path, params), wanted)
    })
    return answer.ok ? { ok: true, orders: await this.withStartedExits(answer.orders) } : answer
  }

  async replace(old: OrderName, order: WantedOrder): Promise<ReplaceAnswer> {
    const wrong = await this.wrongWith(order.market, order.kind, () => amountsOf(order))
    if (wrong) return { cancelled: "no", placed: wrong }
    if (!this.termsOf(order.market).can.replace)
      return { cancelled: "no", placed: this.cannot("replace an order in one request", order.market) }
    try {
      const request = replaceRequest(old, order, this.idOf(order.market))
      const answer = await this.implicit("privatePostOrderCancelReplace", request)
      const { newOrderResponse } = answer as { newOrderResponse: Record<string, string> }
      return replaced(orderFromBinance(newOrderResponse, order.market))
    } catch (error) {
      return replacementFailed(error, (half) => this.verdictOn(half))
    }
  }

  async amend(stop: OrderName, to: StopTerms): Promise<CancelAnswer> {
    try {
      await this.loaded()
      const { amendment } = this.dialect
      if (amendment === undefined) return this.cannot("move a stop where it is", stop.market)
      const late = await this.tooLate(stop.market, "sell", to.stopPrice)
      if (late) return late
      await this.implicit(amendment.path, amendment.params(stop, to, this.idOf(stop.market)))
      return { ok: true }
    } catch (error) {
      return isNotFound(error) ? { ok: false, because: "not-open" } : this.verdictOn(error)
    }
  }

  async cancel(name: OrderName): Promise<CancelAnswer> {
    try {
      await this.loaded()
      const exchangeOrderId = await this.lookup.numberOf(name)
      if (exchangeOrderId === undefined) return { ok: false, because: "not-open" }
      return await this.cancelByNumber(name, exchangeOrderId)
    } catch (error) {
      return isNotFound(error) ? { ok: false, because: "not-open" } : this.verdictOn(error)
    }
  }

  order(name: OrderName): Promise<PlacedOrder | undefined> {
    return this.read(() => this.lookup.order(name))
  }

  openOrders(market: MarketName): Promise<PlacedOrder[]> {
    return this.read(() => openOrders(this.client, market, this.dialect))
  }

  fills(wanted: FillsWanted): Promise<Fill[]> {
    return this.read(() => fillsWanted(this.client, wanted, this.dialect.fillPages))
  }

  watchAccount(markets: MarketName[], listener: (news: AccountNews) => void): () => Promise<void> {
    const { client, dialect } = this
    const watch = new AccountWatch(
      {
        markets,
        watchOrders: async () => (await this.loaded(), client.watchOrders()) as never,
        watchFills: dialect.pushesFills
          ? async () => (await this.loaded(), client.watchMyTrades()) as never
          : undefined,
        order: (name) => this.order(name),
        openOrders: (market) => this.openOrders(market),
        fills: (wanted) => this.fills(wanted),
        serverTimeMs: () => this.serverTimeMs(),
        sleep: (ms, signal) => sleep(this.options.clock, ms, signal),
        auditEveryMs: this.options.auditEveryMs ?? 60_000,
      },
      listener,
    )
    watch.start()
    this.watches.add(watch)
    return async () => {
      watch.stop()
      // The last one to leave closes the line; others may still listen on it.
      if (this.watches.delete(watch) && this.watches.size === 0) await client.close()
    }
  }

  close(): Promise<void> {
    this.time.stop()
    for (const watch of this.watches) watch.stop()
    this.watches.clear()
    return this.client.close() as Promise<void>
  }

  /** Cancels an order whose kind the exchange may ask for: what is not open as one kind may be as another. */
  private async cancelByNumber(name: OrderName, exchangeOrderId: string): Promise<CancelAnswer> {
    const { cancelByNumber } = this.dialect
    if (cancelByNumber) return cancelByNumber(this.ask, exchangeOrderId)
    const named = exchangeOrderId === "" ? this.dialect.nameParams(name) : {}
    for (const kind of this.dialect.cancelParams(name.kind))
      try {
        await this.client.cancelOrder(exchangeOrderId, name.market, { ...named, ...kind })
        return { ok: true }
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    return { ok: false, because: "not-open" }
  }

  private async create(order: WantedOrder): Promise<unknown> {
    const { type, price, params } = requestFor(order, this.dialect)
    return this.client.createOrder(
      order.market,
      type as never,
      order.side,
      order.quantity as never,
      price as never,
      params,
    )
  }

  /** Why such an order cannot go out; throws when the exchange is unreachable, before anything has been sent. */
  private async wrongWith(
    market: MarketName,
    kind: OrderKind["kind"],
    amounts: (terms: MarketTerms) => Amounts,
  ): Promise<Refused | undefined> {
    await this.read(async () => {})
    if (!this.client.markets?.[market]) return refused("unsupported", `${this.name} has no market ${market}.`)
    const terms = this.termsOf(market)
    if (!terms.can.orderKinds.includes(kind)) return this.cannot(`place a ${kind} order`, market)
    const wrong = offGrid(this.client, this.name, amounts(terms))
    return wrong === undefined ? undefined : refused("rule", wrong)
  }

  private cannot(what: string, market: MarketName): Refused {
    return refused("unsupported", `${this.name} cannot ${what} on ${market}.`)
  }

  private termsOf(market: MarketName): MarketTerms {
    return this.dialect.termsOf(this.client.market(market).info)
  }

  /** Sends new orders, each once; a failure is a refusal only if the exchange itself says so. */
  private async send(act: () => Promise<PlacedOrder[]>): Promise<PlaceAnswer> {
    try {
      return { ok: true, orders: await act() }
    } catch (error) {
      return this.verdictOn(error)
    }
  }

  private verdictOn(error: unknown): Refused | Unknown {
    const verdict = verdictOn(error, this.headers())
    if (verdict.because === "refused" && this.dialect.clockReasons.includes(verdict.reason)) void this.time.measure()
    return verdict
  }

  /** Where the exchange takes stops that have been reached: such a one is not sent. */
  private async tooLate(market: MarketName, side: "buy" | "sell", stopPrice: string): Promise<Refused | undefined> {
    if (!this.dialect.takesStopsOnEitherSide) return undefined
    // Without an answer the order itself is looked at, afterwards.
    const { last } = await this.client.fetchTicker(market).catch(() => ({ last: undefined }))
    const isReached = side === "sell" ? Number(last) <= Number(stopPrice) : Number(last) >= Number(stopPrice)
    return last !== undefined && isReached ? reachedAlready(market, stopPrice) : undefined
  }

  /** A stop that waits on the wrong side of the price is taken back: its price was reached on its way. */
  private async onItsSide(wanted: WantedOrder, answer: PlaceAnswer): Promise<PlaceAnswer> {
    const isWrong = answer.ok && "stopPrice" in wanted && wanted.side === "sell" && answer.orders[0].waitsAbove
    if (!isWrong) return answer
    const { exchangeOrderId } = answer.orders[0]
    const cancelled = await this.cancel({ market: wanted.market, exchangeOrderId, kind: wanted.kind })
    return cancelled.ok ? reachedAlready(wanted.market, wanted.stopPrice) : answer
  }

  /** A new order as it is, as far as is known at once. */
  private async placed(order: WantedOrder): Promise<PlacedOrder[]> {
    const created = (await this.create(order)) as { id: string | undefined }
    if (created.id === undefined) throw new Error("the answer to a new order has no number")
    if (!this.dialect.onlyAcknowledges) return [orderFromCcxt(created as never)]
    return [await this.asItIs(acknowledged(order, created.id))]
  }

  /** Of orders of which the answer does not say whether they have begun or ended, only asking tells. */
  private async withStartedExits([entry, ...exits]: PlacedOrder[]): Promise<PlacedOrder[]> {
    if (this.dialect.onlyAcknowledges) return [await this.asItIs(entry)]
    if (entry.status === "open") return [entry, ...exits]
    return [entry, ...(await Promise.all(exits.map((exit) => this.asItIs(exit))))]
  }

  /** Asked for once more, or as it was said to be: that it was taken is certain. */
  private async asItIs(order: PlacedOrder): Promise<PlacedOrder> {
    return (await this.order(order).catch(() => undefined)) ?? order
  }

  private async read<T>(act: () => Promise<T>): Promise<T> {
    try {
      await this.loaded()
      return await act()
    } catch (error) {
      if (error instanceof ExchangeUnreachable) throw error
      const verdict = this.verdictOn(error)
      throw new ExchangeUnreachable(
        `${this.name} could not be asked: ${verdict.message}`,
        silenceOf(verdict),
        verdict.because === "refused" ? verdict.retryAfterMs : retryAfterMs(this.headers()),
        { cause: error },
      )
    }
  }

  /** Before the first request: what the markets are, and what time it is there. */
  private loaded(): Promise<void> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = undefined
      throw error
    })
    return this.loading
  }

  private async load(): Promise<void> {
    await this.time.start()
    await this.client.loadMarkets()
  }

  private headers(): Record<string, string> | undefined {
    return this.client.last_response_headers as Record<string, string> | undefined
  }

  private idOf(market: MarketName): string {
    return String(this.client.marketId(market))
  }

  private readonly ask: AskVenue = (method, params) => this.implicit(method, params)

  private implicit(method: string, params: object): Promise<unknown> {
    return (this.client as unknown as Record<string, (params: unknown) => Promise<unknown>>)[method](params)
  }
}

function reachedAlready(market: MarketName, stopPrice: string): Refused {
  return refused("would-trigger-at-once", `The price of ${market} has reached ${stopPrice} already.`)
}
