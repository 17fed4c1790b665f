import { DAY_MS, HOUR_MS, isoTime, MINUTE_MS } from "#engine/candles"
import type { RiskSettings } from "../accounts/risk.ts"
import type { Balance, Exchange, Market, PlacedOrder } from "../exchange/exchange.ts"
import { ExchangeUnreachable } from "../guard/exchange.ts"
import { type Exposure, reachedLimits, type Results } from "../guard/entry-check.ts"
import type { LastLook } from "../guard/last-look.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Surroundings } from "../surroundings.ts"
import { AccountResults } from "./account-results.ts"
import type { BotRunner } from "./bot-runner.ts"
import { type CoinClaim, coinsOf, nameOf, sharesOf } from "./coin-claims.ts"
import { Correlations } from "./correlations.ts"
import { EntryBars } from "./entry-bars.ts"
import { keptStanding, riskOf } from "./kept-standing.ts"
import { OtherRelay } from "./other-relay.ts"

type DeskDeps = {
  accountId: string
  exchange: Exchange
  look: LastLook
  risk: () => Promise<RiskSettings>
  /** Why the account may not buy at all, whatever its bots have done. */
  barred?: () => Promise<string | undefined>
  ledger: Ledger
  surroundings: Surroundings
}

const MARKETS_FOR_MS = HOUR_MS
const BALANCES_FOR_MS = 5_000
/** So often it is looked at whether a limit on losses is reached. */
const LIMITS_EVERY_MS = 1_000

/** One account with all its bots: its exchange, and what they have at risk together. */
export class AccountDesk {
  readonly exchange: Exchange
  readonly look: LastLook
  readonly runners = new Set<BotRunner>()
  readonly other: OtherRelay
  readonly #deps: DeskDeps
  readonly #sentMs: number[] = []
  readonly #correlations: Correlations
  #markets: { atMs: number; all: Promise<Market[]> } | undefined
  #balances: { atMs: number; all: Promise<Balance[]> } | undefined
  readonly #results: AccountResults
  readonly #bars: EntryBars
  /** What bots had at risk that are not open yet. */
  readonly #kept = new Map<string, Promise<ReadonlyMap<string, number>>>()
  #judgedMs = -Infinity
  readonly #shares = new Map<string, { atMs: number; all: ReadonlyMap<string, number> }>()
  #heardMs = 0

  constructor(deps: DeskDeps) {
    this.#deps = deps
    this.exchange = deps.exchange
    this.#correlations = new Correlations(deps.exchange)
    this.look = deps.look
    this.#results = new AccountResults(deps)
    this.#bars = new EntryBars(deps)
    this.other = new OtherRelay({ ...deps, bars: this.#bars, nowMs: () => this.nowMs() })
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

  /** Another relay trades here: none of its bots buys any more until its owner says so, whoever has seen it. */
  async heardOther(order: PlacedOrder, because: string): Promise<void> {
    await this.other.heard(order, because)
    for (const runner of this.runners) await runner.haltFor(because)
  }

  /** Its owner wants entries again. Throws a `Refusal` while another relay trades here. */
  acceptOther(): Promise<void> {
    return this.other.accept(new Set([...this.runners].flatMap(({ bot }) => bot.markets)))
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
  async exposure(market: string, risk: RiskSettings): Promise<Exposure> {
    const results = await this.#judged(risk)
    const barred = (await this.#bars.at(this.nowMs()))[0]?.words ?? (await this.#deps.barred?.())
    const held = await this.#atRisk()
    // Nothing moves more alike than alike: then nobody needs to know.
    const others = risk.maxCorrelation < 1 && !held.has(market) ? [...held.keys()] : []
    const closest = await this.#correlations.closest(market, others, this.nowMs())
    await this.balances()
    // Others may have bought meanwhile.
    const positions = await this.#atRisk()
    const equity = await this.#equity(market, positions)
    return { equity, positions, ...results, ordersInMinute: this.#ordersInMinute(), closest, barred }
  }

  /** Looks, once in a while, whether a limit on losses is reached: an open gain later on does not lift it (I5). */
  async watchLimits(): Promise<void> {
    const nowMs = this.#deps.surroundings.steadyMs()
    if (nowMs - this.#judgedMs < LIMITS_EVERY_MS) return
    this.#judgedMs = nowMs
    await this.#judged(await this.risk())
  }

  /** How its bots stand; a limit that is reached is kept, and holds until the exchange's next day. */
  async #judged(risk: RiskSettings): Promise<Results> {
    const results = await this.#results.at(this.nowMs(), this.runners)
    const nowMs = this.knownMs()
    if (nowMs === undefined) return results
    const untilMs = (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS
    for (const { name, words: now } of reachedLimits(risk, results)) {
      const words = `${now}; reached at ${isoTime(nowMs)}, it holds until ${isoTime(untilMs)} whatever is won back`
      const event = { words: `Nothing is bought on this account: ${words}.`, about: { limit: name, untilMs } }
      await this.#bars.raise({ name, words, sinceMs: nowMs, untilMs }, event)
    }
    return results
  }

  /** What its bots have at risk by market, those too that are not open yet. Quote currency. */
  async #atRisk(): Promise<Map<string, number>> {
    const open = [...this.runners].filter(({ isOpen }) => isOpen)
    for (const { bot } of open) this.#kept.delete(bot.id)
    const opened = new Set(open.map(({ bot }) => bot.id))
    const others = (await this.#results.recentBots()).filter((id) => !opened.has(id))
    const kept = await Promise.all(others.map((id) => this.#keptRisk(id)))
    const risk = new Map<string, number>()
    for (const one of [...open.map((runner) => runner.atRisk()), ...kept])
      for (const [name, value] of one) risk.set(name, (risk.get(name) ?? 0) + value)
    return risk
  }

  #keptRisk(id: string): Promise<ReadonlyMap<string, number>> {
    const known = this.#kept.get(id)
    if (known) return known
    const risk = this.#readRisk(id)
    this.#kept.set(id, risk)
    risk.catch(() => this.#kept.delete(id))
    return risk
  }

  async #readRisk(id: string): Promise<ReadonlyMap<string, number>> {
    const { ledger } = this.#deps
    const bot = await ledger.bot(id)
    if (bot === undefined || bot.status === "stopped") return new Map()
    const { positions, orders } = await keptStanding(ledger, bot)
    return riskOf(positions, orders)
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
}
