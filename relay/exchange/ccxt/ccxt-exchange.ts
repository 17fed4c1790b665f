import type { Timeframe } from "#engine/candles"
import { venueOf } from "#venues"
import { sleep } from "../../surroundings.ts"
import { AccountWatch } from "./account-watch.ts"
import { type CcxtClient, openClient, type VenueAccess } from "./ccxt-client.ts"
import { closedCandles, fillsSince, numberByOurId, openOrders } from "./ccxt-pages.ts"
import { offGrid, protectedRequest, requestFor } from "./ccxt-requests.ts"
import { balancesFromCcxt, marketFromCcxt, orderFromBinance, orderFromCcxt } from "./ccxt-shapes.ts"
import {
  type AccountNews,
  type Balance,
  type CancelAnswer,
  type ClosedCandle,
  type Exchange,
  ExchangeUnreachable,
  type Fill,
  type KeyPermissions,
  type Market,
  type MarketName,
  type OrderName,
  type PlaceAnswer,
  type PlacedOrder,
  type ProtectedEntry,
  type WantedOrder,
} from "../exchange.ts"
import { isNotFound, refused, retryAfterMs, verdictOn } from "../failure.ts"
import { type Dialect, dialects } from "./venue-dialect.ts"

export type CcxtExchangeOptions = VenueAccess & { auditEveryMs?: number }

/** Opens an exchange over ccxt. The first call sends the first request. */
export async function openExchange(options: CcxtExchangeOptions): Promise<Exchange> {
  return new CcxtExchange(await openClient(options), options)
}

/** Binance, Bybit, Coinbase and the simulated exchange behind one interface. */
class CcxtExchange implements Exchange {
  readonly name: string
  private readonly dialect: Dialect
  private readonly watches = new Set<AccountWatch>()
  private isLoaded = false

  constructor(
    private readonly client: CcxtClient,
    private readonly options: CcxtExchangeOptions,
  ) {
    this.dialect = dialects[options.venue]
    this.name = options.name ?? venueOf(options.venue).name
  }

  serverTimeMs(): Promise<number> {
    return this.read(async () => Number(await this.client.fetchTime()))
  }

  async markets(): Promise<Market[]> {
    const markets = await this.read(() => this.client.loadMarkets(true))
    this.isLoaded = true
    return Object.values(markets)
      .filter((market) => market?.spot)
      .map((market) => marketFromCcxt(market!))
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
    return this.read(async () => balancesFromCcxt(await this.client.fetchBalance()))
  }

  async keyPermissions(): Promise<KeyPermissions> {
    if (this.options.venue !== "binance" || this.options.isTestnet)
      return { reading: undefined, trading: undefined, withdrawing: undefined, isBoundToAddress: undefined }
    const allowed = (await this.read(() => this.implicit("sapiGetAccountApiRestrictions", {}))) as Record<
      string,
      boolean
    >
    return {
      reading: allowed.enableReading,
      trading: allowed.enableSpotAndMarginTrading,
      withdrawing: allowed.enableWithdrawals,
      isBoundToAddress: allowed.ipRestrict,
    }
  }

  async place(order: WantedOrder): Promise<PlaceAnswer> {
    return this.send(async () => [orderFromCcxt((await this.create(order)) as never)], order)
  }

  async placeProtected(wanted: ProtectedEntry): Promise<PlaceAnswer> {
    if (!this.dialect.canProtect)
      return refused("unsupported", `${this.name} cannot place an entry together with its exits.`)
    return this.send(async () => {
      const { path, params } = protectedRequest(wanted, String(this.client.marketId(wanted.entry.market)))
      const answer = (await this.implicit(path, params)) as { orderReports: Record<string, string>[] }
      return answer.orderReports.map((report) => orderFromBinance(report, wanted.entry.market))
    }, wanted.entry)
  }

  async replace(old: OrderName, order: WantedOrder): Promise<PlaceAnswer> {
    if (!this.dialect.canReplace) return refused("unsupported", `${this.name} cannot replace an order in one request.`)
    return this.send(async () => {
      const { type, price, params } = requestFor(order, this.dialect)
      const name = old.exchangeOrderId === undefined ? { cancelOrigClientOrderId: old.clientOrderId } : {}
      const replaced = await this.client.editOrder(
        old.exchangeOrderId ?? "",
        order.market,
        type as never,
        order.side,
        order.quantity as never,
        price as never,
        {
          ...params,
          ...name,
        },
      )
      return [orderFromCcxt(replaced as never)]
    }, order)
  }

  async cancel(name: OrderName): Promise<CancelAnswer> {
    try {
      const exchangeOrderId = await this.numberOf(name)
      if (exchangeOrderId === undefined) return { ok: false, because: "not-open" }
      await this.client.cancelOrder(
        exchangeOrderId,
        name.market,
        exchangeOrderId === "" ? this.dialect.nameParams(name) : {},
      )
      return { ok: true }
    } catch (error) {
      return isNotFound(error) ? { ok: false, because: "not-open" } : verdictOn(error, this.headers())
    }
  }

  async order(name: OrderName): Promise<PlacedOrder | undefined> {
    return this.read(async () => {
      try {
        const exchangeOrderId = await this.numberOf(name)
        if (exchangeOrderId === undefined) return undefined
        const params = this.dialect.nameParams(exchangeOrderId === "" ? name : { market: name.market })
        return orderFromCcxt((await this.client.fetchOrder(exchangeOrderId, name.market, params)) as never)
      } catch (error) {
        if (isNotFound(error)) return undefined
        throw error
      }
    })
  }

  openOrders(market: MarketName): Promise<PlacedOrder[]> {
    return this.read(() => openOrders(this.client, market, this.dialect))
  }

  fills(wanted: { market: MarketName; sinceMs: number }): Promise<Fill[]> {
    return this.read(() => fillsSince(this.client, wanted))
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
        sleep: (ms) => sleep(this.options.clock, ms),
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
    for (const watch of this.watches) watch.stop()
    this.watches.clear()
    return this.client.close() as Promise<void>
  }

  /** The exchange's number of an order: "" where our id works too, undefined where it has no such order. */
  private async numberOf({ market, exchangeOrderId, clientOrderId }: OrderName): Promise<string | undefined> {
    await this.loaded()
    if (exchangeOrderId !== undefined) return exchangeOrderId
    if (this.dialect.knowsOurIds || clientOrderId === undefined) return ""
    return numberByOurId(this.client, market, clientOrderId)
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

  /**
   * The one place that sends orders. It sends each once; a failure is a refusal only if the exchange itself says so.
   */
  private async send(act: () => Promise<PlacedOrder[]>, order: WantedOrder): Promise<PlaceAnswer> {
    // Throws when the exchange is unreachable: then nothing has been sent yet.
    await this.read(async () => {})
    const wrong = offGrid(this.client, this.name, order)
    if (wrong) return refused("rule", wrong)
    try {
      return { ok: true, orders: await act() }
    } catch (error) {
      return verdictOn(error, this.headers())
    }
  }

  private async read<T>(act: () => Promise<T>): Promise<T> {
    try {
      await this.loaded()
      return await act()
    } catch (error) {
      if (error instanceof ExchangeUnreachable) throw error
      throw new ExchangeUnreachable(
        `${this.name} could not be asked: ${error instanceof Error ? error.message : String(error)}`,
        retryAfterMs(this.headers()),
        { cause: error },
      )
    }
  }

  private async loaded(): Promise<void> {
    if (this.isLoaded) return
    await this.client.loadMarkets()
    this.isLoaded = true
  }

  private headers(): Record<string, string> | undefined {
    return this.client.last_response_headers as Record<string, string> | undefined
  }

  private implicit(method: string, params: Record<string, unknown>): Promise<unknown> {
    return (this.client as unknown as Record<string, (params: unknown) => Promise<unknown>>)[method](params)
  }
}
