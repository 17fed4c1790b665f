import { DAY_MS, MINUTE_MS, plainTime } from "#engine/candles"
import type { RiskSettings } from "../accounts/risk.ts"
import type { Balance, Exchange, Market, MarketNow, PlacedOrder } from "../exchange/exchange.ts"
import { ExchangeUnreachable } from "../guard/exchange.ts"
import { type Exposure, reachedLimits, type Results } from "../guard/entry-check.ts"
import type { LastLook } from "../guard/last-look.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Position } from "../ledger/position.ts"
import type { Surroundings } from "../surroundings.ts"
import { AttachedExits } from "./attached-exits.ts"
import { AccountRisk } from "./account-risk.ts"
import { AccountResults } from "./account-results.ts"
import type { BotRunner } from "./bot-runner.ts"
import { goneWords, MarketGone } from "./market-gone.ts"
import { type CoinClaim, coinsOf, nameOf, sharesOf } from "./coin-claims.ts"
import { Correlations } from "./correlations.ts"
import { EntryBars } from "./entry-bars.ts"
import { ExchangeSilence } from "./exchange-silence.ts"
import { GivenCash } from "./given-cash.ts"
import { OrderPace } from "./order-pace.ts"
import { OtherRelay } from "./other-relay.ts"
import { SoldSinceBackup } from "./sold-since-backup.ts"

type DeskDeps = {
  accountId: string
  /** What its owner calls it. */
  name?: string
  exchange: Exchange
  look: LastLook
  risk: () => Promise<RiskSettings>
  /** Why the account may not buy at all, whatever its bots have done. */
  barred?: () => Promise<string | undefined>
  /** What was bought by hand and not sold by hand. */
  byHand?: () => Promise<Position[]>
  ledger: Ledger
  surroundings: Surroundings
}

const MARKETS_FOR_MS = 5 * MINUTE_MS
/** An exchange that did not answer is asked for its markets again so soon. */
const MARKETS_AGAIN_MS = MINUTE_MS / 2
const BALANCES_FOR_MS = 5_000
const TRADING_FOR_MS = 2_000
/** So often it is looked at whether a limit on losses is reached. */
const LIMITS_EVERY_MS = 1_000
/** An account that changes at every look is not decided on. */
const MOST_LOOKS = 50

/** One account with all its bots: its exchange, and what they have at risk together. */
export class AccountDesk {
  readonly exchange: Exchange
  readonly look: LastLook
  readonly runners = new Set<BotRunner>()
  readonly other: OtherRelay
  readonly soldSinceBackup: SoldSinceBackup
  readonly #deps: DeskDeps
  /** What the account has at risk, counted at one moment. */
  readonly atRisk: AccountRisk
  readonly pace: OrderPace
  readonly silence: ExchangeSilence
  readonly exits: AttachedExits
  /** What of its money bots were given. */
  readonly cash: GivenCash = new GivenCash(this.runners)
  /** How often money or coins have moved, as far as is booked. */
  #moves = 0
  /** Markets of its bots that the exchange lists no longer. */
  readonly gone = new Set<string>()
  readonly #correlations: Correlations
  #markets: { atMs: number; all: Promise<Market[]> } | undefined
  #balances: { atMs: number; moves: number; all: Promise<Balance[]> } | undefined
  readonly #results: AccountResults
  readonly #bars: EntryBars
  #judgedMs = -Infinity
  #barred: string | undefined
  readonly #trading = new Map<string, { atMs: number; answer: Promise<MarketNow | undefined> }>()
  readonly #ahead = new Map<string, { atMs: number; answer: Promise<MarketNow | undefined> }>()
  readonly #shares = new Map<string, { atMs: number; all: ReadonlyMap<string, number> }>()
  #heardMs = 0

  constructor(deps: DeskDeps) {
    this.#deps = deps
    this.exchange = deps.exchange
    this.pace = new OrderPace(deps)
    this.exits = new AttachedExits(deps.accountId, deps.ledger)
    this.silence = new ExchangeSilence(deps.exchange, deps.surroundings)
    this.#correlations = new Correlations(deps.exchange)
    this.look = deps.look
    this.#results = new AccountResults(deps)
    this.#bars = new EntryBars(deps)
    this.soldSinceBackup = new SoldSinceBackup(deps)
    this.atRisk = new AccountRisk({
      ledger: deps.ledger,
      runners: this.runners,
      recentBots: () => this.#results.recentBots(),
      byHand: deps.byHand ?? (async () => []),
    })
    this.other = new OtherRelay({ ...deps, bars: this.#bars, nowMs: () => this.nowMs() })
  }

  /** Its exchange, and which account there. */
  get place(): string {
    const { exchange, name } = this.#deps
    return name === undefined ? exchange.name : `${exchange.name} (account "${name}")`
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
  async heardOther(order: PlacedOrder): Promise<void> {
    const because = this.other.words(order)
    await this.other.heard(order, because)
    for (const runner of this.runners) await runner.haltFor(because)
  }

  /** Hears orders of another relay in every market, those by hand too, until the exchange is closed. */
  listenForOthers(onBug: (error: unknown) => void): void {
    this.exchange.watchAccount([], (news) => {
      if (news.kind === "order") void this.#lookAt(news.order).catch(onBug)
    })
  }

  async #lookAt(order: PlacedOrder): Promise<void> {
    const stranger = await this.other.among([order])
    if (stranger && this.other.isOthers(stranger)) await this.heardOther(stranger)
  }

  /** Its owner wants entries again. Throws a `Refusal` while another relay trades here. */
  acceptOther(): Promise<void> {
    const markets = [...this.runners].flatMap(({ bot }) => bot.markets)
    return this.other.accept(new Set(markets.filter((name) => !this.gone.has(name))))
  }

  /** A candle has ended: it is at least so late there. */
  heardTime(endMs: number): void {
    this.#heardMs = Math.max(this.#heardMs, endMs)
  }

  /** Money or coins have moved: balances of before say nothing any more. */
  moved(): void {
    this.#moves++
  }

  /** All its markets, at most five minutes old: the same list until it was read anew. */
  listed(): Promise<readonly Market[]> {
    return this.#allMarkets()
  }

  /** Rules of these markets, at most five minutes old. Throws `MarketGone` for one that is not there. */
  async markets(names: readonly string[]): Promise<Market[]> {
    const all = await this.#allMarkets()
    return names.map((name) => {
      const found = all.find((market) => market.name === name)
      if (!found) throw new MarketGone(goneWords(this.exchange.name, name))
      return found
    })
  }

  /** Rules of one market, at most five minutes old; undefined for one that is not there. */
  async market(name: string): Promise<Market | undefined> {
    return (await this.#allMarkets()).find((market) => market.name === name)
  }

  /** What a market takes, at most two seconds old, for all its bots; undefined where the exchange does not say. */
  marketNow(name: string): Promise<MarketNow | undefined> {
    const nowMs = this.#deps.surroundings.steadyMs()
    const known = this.#trading.get(name)
    if (known && nowMs - known.atMs < TRADING_FOR_MS) return known.answer
    const answer = this.exchange.marketNow(name).catch(() => undefined)
    this.#trading.set(name, { atMs: nowMs, answer })
    return answer
  }

  /** Asks what a market takes for stops that are moved in a moment. */
  askAhead(name: string): void {
    const nowMs = this.#deps.surroundings.steadyMs()
    if (nowMs - (this.#ahead.get(name)?.atMs ?? -Infinity) < TRADING_FOR_MS) return
    const answer = this.exchange.marketNow(name).catch(() => undefined)
    this.#ahead.set(name, { atMs: nowMs, answer })
  }

  /** The same as `marketNow`, by what was asked ahead where that is no older: for moved stops alone. */
  marketForStop(name: string): Promise<MarketNow | undefined> {
    const ahead = this.#ahead.get(name)
    const isNew = ahead && this.#deps.surroundings.steadyMs() - ahead.atMs < TRADING_FOR_MS
    return isNew ? ahead.answer : this.marketNow(name)
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

  /** What the account has at risk now. */
  exposure(market: string, risk: RiskSettings): Promise<Exposure> {
    return this.decide(market, risk, (at) => at)
  }

  /**
   * Lets somebody decide on an entry by what the account has at risk. Whatever is reserved or planned before `decide`
   * returns is counted for whoever decides next: nothing happens between the look and the count.
   */
  async decide<Answer>(market: string, risk: RiskSettings, decide: (at: Exposure) => Answer): Promise<Answer> {
    await this.pace.recall()
    const results = await this.#judged(risk)
    const barred = (await this.#bars.at(this.nowMs()))[0]?.words ?? (await this.#deps.barred?.())
    for (let looks = 1; ; looks++) {
      const before = await this.atRisk.read()
      const asked = this.#others(market, risk, this.atRisk.now(before))
      const closest = await this.#correlations.closest(market, asked, this.nowMs())
      // Of one moment: what is bought after it has been paid from these balances.
      const held = this.atRisk.heldValue(before)
      const equity = quoteOf(await this.#balancesNow(), market) + held
      const read = await this.atRisk.read()
      // From here on nothing else happens until it is decided: others may have bought meanwhile.
      const positions = this.atRisk.now(read)
      const isNew = this.#others(market, risk, positions).some((name) => !asked.includes(name))
      const ordersInMinute = this.pace.count() + this.atRisk.reservedOrders
      if (!isNew && !this.atRisk.isOld(read))
        return decide({ equity, positions, ...results, ordersInMinute, closest, barred })
      if (looks >= MOST_LOOKS)
        throw new ExchangeUnreachable("The account changes too fast to be looked at.", "no-answer")
    }
  }

  /** Markets that it must not move like. */
  #others(market: string, { maxCorrelation }: RiskSettings, held: ReadonlyMap<string, number>): string[] {
    // Nothing moves more alike than alike: then nobody needs to know.
    if (maxCorrelation >= 1 || held.has(market)) return []
    return [...held.keys()].filter((name) => !this.gone.has(name))
  }

  /** Looks, once in a while, whether a limit on losses is reached: an open gain later on does not lift it (I5). */
  async watchLimits(): Promise<void> {
    const nowMs = this.#deps.surroundings.steadyMs()
    if (nowMs - this.#judgedMs < LIMITS_EVERY_MS) return
    this.#judgedMs = nowMs
    await this.#judged(await this.risk())
    const before = this.#barred
    this.#barred = (await this.#bars.at(this.nowMs()))[0]?.words
    // Buys of every bot that wait at the exchange are taken back, or may come again.
    if (this.#barred !== before) for (const runner of this.runners) runner.poke()
  }

  /** Why nothing is bought until a limit's end, as of the last look at the limits; undefined while none is reached. */
  get barred(): string | undefined {
    return this.#barred
  }

  /** How its bots stand; a limit that is reached is kept, and holds until the exchange's next day. */
  async #judged(risk: RiskSettings): Promise<Results> {
    const results = await this.#results.at(this.nowMs(), this.runners)
    const nowMs = this.knownMs()
    if (nowMs === undefined) return results
    const untilMs = (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS
    for (const { name, words: now } of reachedLimits(risk, results)) {
      const words = `${now}; reached at ${plainTime(nowMs)}, it holds until ${plainTime(untilMs)} whatever is won back`
      const event = { words: `Nothing is bought on this account: ${words}.`, about: { limit: name, untilMs } }
      await this.#bars.raise({ name, words, sinceMs: nowMs, untilMs }, event)
    }
    return results
  }

  async balances(): Promise<Balance[]> {
    return (await this.balancesAfter(0)).all
  }

  /** Balances of the last seconds that were asked for after a time, and when they were: for all bots together. */
  async balancesAfter(steadyMs: number): Promise<{ atMs: number; all: Balance[] }> {
    const nowMs = this.#deps.surroundings.steadyMs()
    const isOld = this.#balances === undefined || this.#balances.atMs <= Math.max(steadyMs, nowMs - BALANCES_FOR_MS)
    const { atMs, all } = isOld
      ? (this.#balances = { atMs: nowMs, moves: this.#moves, all: this.exchange.balances() })
      : this.#balances!
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
    const known = this.#markets?.all
    const all = this.#readMarkets().catch((error: unknown) => {
      if (known === undefined) throw error
      this.#markets = { atMs: nowMs - MARKETS_FOR_MS + MARKETS_AGAIN_MS, all: known }
      return known
    })
    this.#markets = { atMs: nowMs, all }
    all.catch(() => (this.#markets = undefined))
    return all
  }

  async #readMarkets(): Promise<Market[]> {
    const all = await this.exchange.markets()
    // No exchange lists nothing at all.
    if (all.length === 0) throw new ExchangeUnreachable(`${this.exchange.name} named no markets.`, "no-answer")
    return all
  }

  /** Balances that know of everything that has been booked until now. */
  #balancesNow(): Promise<Balance[]> {
    if (this.#balances?.moves !== this.#moves) this.#balances = undefined
    return this.balances()
  }
}

function quoteOf(balances: readonly Balance[], market: string): number {
  const balance = balances.find(({ asset }) => asset === market.split("/")[1])
  return balance === undefined ? 0 : Number(balance.free) + Number(balance.locked)
}
