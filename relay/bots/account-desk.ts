import { DAY_MS, HOUR_MS, MINUTE_MS } from "#engine/candles"
import type { RiskSettings } from "../accounts/risk.ts"
import type { Balance, Exchange, Market } from "../exchange/exchange.ts"
import { ExchangeUnreachable } from "../guard/exchange.ts"
import type { Exposure } from "../guard/entry-check.ts"
import type { LastLook } from "../guard/last-look.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Surroundings } from "../surroundings.ts"
import type { BotRunner } from "./bot-runner.ts"
import { type CoinClaim, coinsOf, nameOf, sharesOf } from "./coin-claims.ts"
import { Correlations } from "./correlations.ts"

type DeskDeps = {
  accountId: string
  exchange: Exchange
  look: LastLook
  risk: () => Promise<RiskSettings>
  ledger: Ledger
  surroundings: Surroundings
}

const MARKETS_FOR_MS = HOUR_MS
const BALANCES_FOR_MS = 5_000
/** A bot that ended longer ago has no part in today. */
const RECENT_MS = 2 * DAY_MS
const RECENT_FOR_MS = MINUTE_MS

/** One account with all its bots: its exchange, and what they have at risk together. */
export class AccountDesk {
  readonly exchange: Exchange
  readonly look: LastLook
  readonly runners = new Set<BotRunner>()
  readonly #deps: DeskDeps
  readonly #sentMs: number[] = []
  readonly #correlations: Correlations
  #markets: { atMs: number; all: Promise<Market[]> } | undefined
  #balances: { atMs: number; all: Promise<Balance[]> } | undefined
  #recent: { atMs: number; ids: Promise<string[]> } | undefined
  readonly #shares = new Map<string, { atMs: number; all: ReadonlyMap<string, number> }>()
  #heardMs = 0

  constructor(deps: DeskDeps) {
    this.#deps = deps
    this.exchange = deps.exchange
    this.#correlations = new Correlations(deps.exchange)
    this.look = deps.look
  }

  risk(): Promise<RiskSettings> {
    return this.#deps.risk()
  }

  /** The exchange's time: by its clock where that was measured, else by the newest candle heard; undefined before. */
  knownMs(): number | undefined {
    const errorMs = this.exchange.clockErrorMs()
    if (errorMs !== undefined) return this.#deps.surroundings.nowMs() - errorMs
    return this.#heardMs === 0 ? undefined : this.#heardMs
  }

  /** The same as well as we can say: by this machine's clock while nothing better is known. */
  nowMs(): number {
    return this.knownMs() ?? this.#deps.surroundings.nowMs()
  }

  /** A candle has ended: it is at least so late there. */
  heardTime(endMs: number): void {
    this.#heardMs = Math.max(this.#heardMs, endMs)
  }

  /** An order leaves. */
  noteOrder(): void {
    this.#sentMs.push(this.#deps.surroundings.steadyMs())
  }

  /** Rules of these markets, at most an hour old. Throws a sentence for one that is not there. */
  async markets(names: readonly string[]): Promise<Market[]> {
    const all = await this.#allMarkets()
    return names.map((name) => {
      const found = all.find((market) => market.name === name)
      if (!found) throw new ExchangeUnreachable(`${this.exchange.name} has no market ${name} now.`, "no-answer")
      return found
    })
  }

  /** Rules of one market, at most an hour old; undefined for one that is not there. */
  async market(name: string): Promise<Market | undefined> {
    return (await this.#allMarkets()).find((market) => market.name === name)
  }

  /** The market's rules have changed: they are read anew. */
  forgetMarkets(): void {
    this.#markets = undefined
  }

  /** Price of an asset in the quote currency of a bot that trades it; undefined where none does. */
  priceOf(asset: string): number | undefined {
    for (const runner of this.runners)
      for (const { market, price } of runner.positions()) if (market.startsWith(`${asset}/`)) return price
    return undefined
  }

  /** What the account's bots have at risk now. */
  async exposure(market: string, { maxCorrelation }: Pick<RiskSettings, "maxCorrelation">): Promise<Exposure> {
    const positions = new Map<string, number>()
    for (const runner of this.runners)
      for (const [name, value] of runner.atRisk()) positions.set(name, (positions.get(name) ?? 0) + value)
    const [equity, results] = [await this.#equity(market, positions), await this.#results()]
    // Nothing moves more alike than alike: then nobody needs to know.
    const others = maxCorrelation < 1 && !positions.has(market) ? [...positions.keys()] : []
    const closest = await this.#correlations.closest(market, others, this.nowMs())
    return { equity, positions, ...results, ordersInMinute: this.#ordersInMinute(), closest }
  }

  /** What its bots were given of a quote currency and have not put into positions. */
  promised(quote: string): number {
    const own = [...this.runners].filter(({ bot }) => bot.status !== "stopped" && bot.markets[0].endsWith(`/${quote}`))
    return own.reduce(
      (sum, runner) => sum + Math.max(0, (runner.equity() ?? Number(runner.bot.cash)) - runner.invested()),
      0,
    )
  }

  async balances(): Promise<Balance[]> {
    return (await this.balancesAfter(0)).all
  }

  /** Balances of the last seconds that were asked for after a time, and when they were: for all bots together. */
  async balancesAfter(steadyMs: number): Promise<{ atMs: number; all: Balance[] }> {
    const nowMs = this.#deps.surroundings.steadyMs()
    const isOld = this.#balances === undefined || this.#balances.atMs <= Math.max(steadyMs, nowMs - BALANCES_FOR_MS)
    const { atMs, all } = isOld ? (this.#balances = { atMs: nowMs, all: this.exchange.balances() }) : this.#balances!
    return { atMs, all: await all }
  }

  /** What all bots hold of a coin, the oldest bot first; undefined while one of them has not said. */
  claims(coin: string): CoinClaim[] | undefined {
    const all: CoinClaim[] = []
    for (const runner of [...this.runners].toSorted((one, other) => one.bot.createdMs - other.bot.createdMs)) {
      const claims = runner.claims(coin)
      if (claims === undefined) return undefined
      all.push(...claims)
    }
    return all
  }

  /** How much of a coin each claim on it has, at most some seconds old: enough to see that nothing is missing. */
  async roughShares(coin: string): Promise<ReadonlyMap<string, number>> {
    const nowMs = this.#deps.surroundings.steadyMs()
    const known = this.#shares.get(coin)
    if (known && nowMs - known.atMs < BALANCES_FOR_MS) return known.all
    const balances = await this.balances()
    const all = new Map(
      [...sharesOf(this.claims(coin) ?? [], coinsOf(balances, coin))].map(([claim, share]) => [nameOf(claim), share]),
    )
    this.#shares.set(coin, { atMs: nowMs, all })
    return all
  }

  #allMarkets(): Promise<Market[]> {
    const nowMs = this.#deps.surroundings.steadyMs()
    if (this.#markets && nowMs - this.#markets.atMs < MARKETS_FOR_MS) return this.#markets.all
    const all = this.exchange.markets()
    this.#markets = { atMs: nowMs, all }
    all.catch(() => (this.#markets = undefined))
    return all
  }

  #ordersInMinute(): number {
    const sinceMs = this.#deps.surroundings.steadyMs() - MINUTE_MS
    while (this.#sentMs.length > 0 && this.#sentMs[0] < sinceMs) this.#sentMs.shift()
    return this.#sentMs.length
  }

  /** Quote currency of the market, and the bots' positions. */
  async #equity(market: string, positions: ReadonlyMap<string, number>): Promise<number | undefined> {
    const quote = market.split("/")[1]
    const balance = (await this.balances()).find(({ asset }) => asset === quote)
    const held = [...positions.values()].reduce((sum, value) => sum + value, 0)
    return balance === undefined ? held : Number(balance.free) + Number(balance.locked) + held
  }

  /**
   * Of the bots together, from what is kept: a restart, a clock set back, a new name, and a bot that was ended or removed
   * change nothing (I5).
   */
  async #results(): Promise<Pick<Exposure, "dayProfit" | "dayStart" | "drawdownPercent">> {
    const running = new Map([...this.runners].map((runner) => [runner.bot.id, runner]))
    const sums = { dayProfit: 0, dayStart: 0, now: 0, most: 0 }
    for (const id of new Set([...running.keys(), ...(await this.#recentBots())])) {
      const runner = running.get(id)
      const { before, now, most } = await this.#resultOf(id, runner)
      // One that ended before today has no part in it.
      if (runner === undefined && before === now) continue
      sums.dayProfit += now - before
      sums.dayStart += before
      sums.now += now
      sums.most += most
    }
    const drawdownPercent = sums.most > 0 ? (1 - sums.now / sums.most) * 100 : 0
    return { dayProfit: sums.dayProfit, dayStart: sums.dayStart, drawdownPercent }
  }

  /** Bots that may have a part in today; those that run now are known anyway. */
  #recentBots(): Promise<string[]> {
    const { accountId, ledger, surroundings } = this.#deps
    const nowMs = surroundings.steadyMs()
    if (this.#recent && nowMs - this.#recent.atMs < RECENT_FOR_MS) return this.#recent.ids
    const ids = ledger.botsSince(accountId, surroundings.nowMs() - RECENT_MS)
    this.#recent = { atMs: nowMs, ids }
    ids.catch(() => (this.#recent = undefined))
    return ids
  }

  async #resultOf(id: string, runner: BotRunner | undefined) {
    const dayStartMs = Math.floor(this.nowMs() / DAY_MS) * DAY_MS
    const kept = await this.#deps.ledger.equity(id, dayStartMs)
    const began = runner === undefined ? (kept.first ?? 0) : Number(runner.bot.cash)
    const before = kept.before ?? began
    const now = runner?.equity() ?? kept.last ?? before
    return { before, now, most: Math.max(kept.most ?? 0, began, now) }
  }
}
