import type { Engine } from "#engine/run"
import { dangersOf, type StrategyDocument, strategyFromJson } from "#engine/strategy"
import type { Accounts } from "../accounts/accounts.ts"
import type { Actor } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { botState, changeOf } from "../audit/audited-state.ts"
import type { MarketFeeds } from "../desk/market-feeds.ts"
import { Refusal } from "../door/refusal.ts"
import type { KillSwitch } from "../guard/kill-switch.ts"
import type { CopiedKey } from "../keys/key-shape.ts"
import { type BotRecord, rowOfBot } from "../ledger/bot-record.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Surroundings } from "../surroundings.ts"
import type { AccountDesks } from "./account-desks.ts"
import type { BotFigures } from "./bot-figures.ts"
import { type BotCommand, commandWords, refuseUnfitCommand, wishOf } from "./bot-command.ts"
import { BotRunner } from "./bot-runner.ts"
import { type BotView, viewOf } from "./bot-view.ts"
import { firstCandleMs, hashesOf, marketsIn, refused, refuseUseless, strategyIn, type WantedBot } from "./deployment.ts"
import type { GateLine } from "./gate/gate-line.ts"
import { type Checked, GoLiveGate } from "./gate/go-live-gate.ts"
import { refuseImpossible } from "./gate/market-lines.ts"
import { Inbox } from "./inbox.ts"
import { type Parity, parityOf } from "./parity.ts"
import type { ReplayDeps } from "./replay.ts"
import { type LiveWhy, whyAt } from "./why.ts"
import { exchangeFeed } from "./exchange-feed.ts"

export type BotsDeps = {
  accounts: Accounts
  audit: AuditLog
  ledger: Ledger
  desks: AccountDesks
  feeds: MarketFeeds
  killSwitch: KillSwitch
  surroundings: Surroundings
  figures: BotFigures
  /** The engine for a strategy; throws a sentence. */
  engineFor: (strategy: StrategyDocument) => Promise<Engine>
  onBug: (error: unknown) => void
}

/** A bot of this relay; its runner is there once its account's exchange has been reached. */
type Seat = Pick<BotView, "timeframe" | "dangers"> & { bot: BotRecord; runner?: BotRunner; failure: string }

const MOST_BOTS = 2_000
const RETRY_MS = 5_000
const LONGEST_NAME = 80

/** All bots of the relay: deployed, brought back after a restart, and told what their owners want. */
export class Bots {
  readonly #seats = new Map<string, Seat>()
  /** Names of bots that are being deployed. */
  readonly #named = new Set<string>()
  #isEnded = false
  #isTrading = false

  /** What they hold and their exchanges do not have. */
  readonly inbox: Inbox
  readonly #gate: GoLiveGate

  constructor(private readonly deps: BotsDeps) {
    this.inbox = new Inbox({ ...deps, runnerOf: (id) => this.#seats.get(id)?.runner })
    this.#gate = new GoLiveGate({ ...deps, parityOf: (id) => this.#parityOf(id) })
    deps.figures.countBots(() => [...this.#seats.values()].map(({ bot }) => bot.status))
  }

  /** Brings back all that have not ended; only to be looked at where nothing trades. */
  async begin({ isTrading = true } = {}): Promise<void> {
    this.#isTrading = isTrading
    for (const bot of await this.deps.ledger.bots()) this.#seat(bot)
  }

  /** Ends the work of all; they go on at the next start. */
  async end(): Promise<void> {
    this.#isEnded = true
    const runners = [...this.#seats.values()].flatMap(({ runner }) => runner ?? [])
    await Promise.all(runners.map((runner) => runner.end()))
  }

  async list(): Promise<BotView[]> {
    const newestFirst = [...this.#seats.values()].toSorted((a, b) => b.bot.createdMs - a.bot.createdMs)
    const counts = await this.inbox.counts()
    return Promise.all(newestFirst.map((seat) => this.#view(seat, counts)))
  }

  /** Those that cannot work now, by id, with the reason in words. */
  failures(): Map<string, string> {
    const failed = [...this.#seats.values()].flatMap(({ bot, runner, failure }): [string, string][] => {
      const because = bot.status === "stopped" ? "" : failure || (runner?.failure ?? "")
      return because === "" ? [] : [[bot.id, `${bot.name} cannot work: ${because}`]]
    })
    return new Map(failed)
  }

  /** How many that have not ended there are, and how many of them have yet to open since the relay started. */
  counts(): { starting: number; count: number } {
    const seats = [...this.#seats.values()].filter(({ bot }) => bot.status !== "stopped")
    const isStarting = ({ runner, timeframe }: Seat) => runner?.isStarting ?? (this.#isTrading && timeframe !== "")
    return { starting: seats.filter(isStarting).length, count: seats.length }
  }

  /** Undefined when there is none. */
  async find(id: string): Promise<BotView | undefined> {
    const seat = this.#seats.get(id)
    return seat && this.#view(seat)
  }

  /** Its period run again. Undefined when there is no such bot; throws a `Refusal` where it cannot be run. */
  async parity(id: string): Promise<Parity | undefined> {
    const replay = await this.#replayOf(id)
    return replay && whole(await parityOf(replay))
  }

  async #parityOf(id: string): Promise<Parity | undefined> {
    const replay = await this.#replayOf(id)
    return replay && parityOf(replay)
  }

  /** Why it did, or did not, trade at a candle of one of its markets, the last it decided on unless said; as `parity` otherwise. */
  async why(id: string, { market, atMs }: { market?: string; atMs?: number }): Promise<LiveWhy | undefined> {
    const replay = await this.#replayOf(id)
    return replay && whole(await whyAt(replay, { market: market ?? replay.bot.markets[0], atMs }))
  }

  async #replayOf(id: string): Promise<ReplayDeps | undefined> {
    const bot = this.#seats.get(id)?.bot
    if (bot === undefined) return undefined
    const read = strategyFromJson(bot.document)
    if (!read.ok) throw new Refusal(409, "not-readable", read.problems[0].because)
    const { ledger, surroundings } = this.deps
    return { bot, strategy: read.strategy, engine: await this.#engineFor(read.strategy), ledger, surroundings }
  }

  /** What stands between a strategy and real money; nothing where its money would be made up. */
  async gate(wanted: WantedBot): Promise<GateLine[]> {
    return this.#gate.lines(await this.#checked(wanted))
  }

  /** Starts a bot. Throws a `Refusal` for whatever cannot trade, before anything is kept. */
  async deploy(wanted: WantedBot, by: Actor): Promise<BotView> {
    const { surroundings } = this.deps
    const checked = await this.#checked(wanted)
    await this.#gate.refuseUnready(checked)
    if (this.#seats.size >= MOST_BOTS)
      throw new Refusal(409, "too-many", `There are ${MOST_BOTS} bots already. Remove one first.`)
    const id = Buffer.from(surroundings.secretBytes(8)).toString("hex")
    const { nowMs, takeBack } = await this.#refuseUnreachable(checked, id)
    try {
      return await this.#start(checked, { id, nowMs }, by)
    } catch (error) {
      takeBack()
      throw error
    }
  }

  /** Keeps and seats a bot that has its cash. */
  async #start(checked: Checked, { id, nowMs }: { id: string; nowMs: number }, by: Actor): Promise<BotView> {
    const { audit, ledger, surroundings } = this.deps
    const { account, strategy, markets, wanted } = checked
    const engine = await this.#engineFor(strategy)
    const { params = {}, cash, name = strategy.name } = wanted
    const free = this.#freeName(name)
    this.#named.add(free)
    const bot: BotRecord = {
      id,
      accountId: account.id,
      name: free,
      document: JSON.stringify(wanted.strategy),
      params,
      markets,
      cash,
      status: "running",
      wish: "run",
      haltedBecause: null,
      hashes: await hashesOf(engine, strategy, params),
      createdMs: surroundings.nowMs(),
      fromMs: firstCandleMs(strategy, nowMs),
    }
    await audit
      .change(by, async (transaction) => {
        await ledger.add(bot, transaction)
        return { result: undefined, changes: [changeOf("bot.deployed", { after: botState(rowOfBot(bot)) })] }
      })
      .finally(() => this.#named.delete(free))
    return this.#view(this.#seat(bot))
  }

  /** The name where no bot has it, else with the first number that makes it another. */
  #freeName(name: string): string {
    const taken = new Set([...this.#named, ...[...this.#seats.values()].map(({ bot }) => bot.name)])
    for (let count = 1; ; count++) {
      const numbered = count === 1 ? name : `${name.slice(0, LONGEST_NAME - 5).trimEnd()} ${count}`
      if (!taken.has(numbered)) return numbered
    }
  }

  /** What its owner wants of it. Undefined when there is none; throws a `Refusal` where it cannot be. */
  async command(id: string, command: BotCommand, by: Actor): Promise<BotView | undefined> {
    const seat = this.#seats.get(id)
    if (seat === undefined) return undefined
    refuseUnfitCommand(seat.bot, command)
    if (command === "resume") await seat.runner?.acceptOther()
    await this.#note(`bot.${command}`, seat.bot, by)
    if (seat.runner) await seat.runner.wish(wishOf[command], commandWords[command])
    else await this.#wishUnseen(seat, command)
    return this.#view(seat)
  }

  /** Throws a `Refusal` while bots trade on an account. */
  refuseInUse(accountId: string): void {
    const own = [...this.#seats.values()].filter(({ bot }) => bot.accountId === accountId && bot.status !== "stopped")
    if (own.length > 0)
      throw new Refusal(
        409,
        "in-use",
        `${own.length === 1 ? "A bot trades" : `${own.length} bots trade`} on this account. Stop ${own.length === 1 ? "it" : "them"} first; nothing was changed.`,
      )
  }

  /** Throws a `Refusal` for a new key that does not see what the account holds and has open. */
  refuseOtherKey(accountId: string, key: CopiedKey): Promise<void> {
    return this.deps.desks.keyFit.refuseOther(accountId, key)
  }

  /** Opens the exchange of an account anew, with the key it has now, and its bots with it. */
  async reopen(accountId: string): Promise<void> {
    const seats = [...this.#seats.values()].filter(({ bot, runner }) => bot.accountId === accountId && runner)
    await Promise.all(seats.map(({ runner }) => runner!.end()))
    await this.deps.desks.forget(accountId)
    for (const { bot } of seats) this.#seat(bot)
  }

  /** Removes one that has ended. False when there is none. */
  async remove(id: string, by: Actor): Promise<boolean> {
    const seat = this.#seats.get(id)
    if (seat === undefined) return false
    if (seat.bot.status !== "stopped")
      throw new Refusal(
        409,
        "not-stopped",
        "Only a bot that has ended can be removed. Stop it first; nothing was changed.",
      )
    await this.deps.audit.change(by, async (transaction) => {
      await this.deps.ledger.remove(id, transaction)
      return { result: undefined, changes: [changeOf("bot.removed", { before: botState(rowOfBot(seat.bot)) })] }
    })
    await seat.runner?.end()
    this.#seats.delete(id)
    return true
  }

  async #view({ bot, ...seat }: Seat, counts?: ReadonlyMap<string, number>): Promise<BotView> {
    const { accounts, ledger } = this.deps
    const differences = (counts ?? (await this.inbox.counts())).get(bot.id) ?? 0
    const nowMs = this.#exchangeMs(bot)
    const view = await viewOf(bot, { runner: undefined, ...seat, differences, ledger, nowMs })
    const lastReason = view.lastReason || (await this.#lastWords(bot.id))
    return { ...view, lastReason, exchange: await accounts.exchangeKinds.of(bot.accountId) }
  }

  /** What was said of it last: one that has ended, or has just been brought back, remembers nothing itself. */
  async #lastWords(botId: string): Promise<string> {
    const [last] = await this.deps.ledger.events({ botId }, { limit: 1 })
    return last?.words ?? ""
  }

  /** The time at a bot's exchange, which says what day it is; this machine's where no bot of the account has heard it. */
  #exchangeMs({ accountId }: BotRecord): number {
    const ofAccount = [...this.#seats.values()].filter(({ bot }) => bot.accountId === accountId)
    const known = ofAccount.flatMap(({ runner }) => runner?.exchangeMs ?? [])
    return known[0] ?? this.deps.surroundings.nowMs()
  }

  #seat(bot: BotRecord): Seat {
    const read = strategyFromJson(bot.document)
    const seat: Seat = read.ok
      ? { bot, timeframe: read.strategy.timeframe, dangers: dangersOf(read.strategy), failure: "" }
      : { bot, timeframe: "", dangers: [], failure: "" }
    this.#seats.set(bot.id, seat)
    if (!read.ok) seat.failure = `Its strategy cannot be read: ${read.problems[0].because}`
    else if (this.#isTrading && bot.status !== "stopped") void this.#run(seat, read.strategy)
    return seat
  }

  /** Tries until its account's exchange is there. */
  async #run(seat: Seat, strategy: StrategyDocument): Promise<void> {
    if (this.#isEnded) return
    const { accounts, desks, feeds, surroundings, onBug, ...rest } = this.deps
    try {
      const { bot } = seat
      const account = await accounts.find(bot.accountId)
      if (account === undefined) throw new Error("Its account is not there any more.")
      const desk = await desks.of(bot.accountId)
      desk.cash.give(bot)
      const engine = await this.#engineFor(strategy)
      if (this.#isEnded) return
      const feed = exchangeFeed(feeds, account)
      const onKeyRefused = () => void surroundings.after(RETRY_MS, () => void this.reopen(bot.accountId).catch(onBug))
      const parts = { ...rest, bot, strategy, engine, account: desk, feed, surroundings, onBug, onKeyRefused }
      seat.runner = new BotRunner(parts)
      desk.runners.add(seat.runner)
      seat.failure = ""
      seat.runner.poke()
    } catch (error) {
      seat.failure = error instanceof Error ? error.message : String(error)
      surroundings.after(RETRY_MS, () => void this.#run(seat, strategy))
    }
  }

  /** A deployment whose words are understood. Throws a `Refusal` for what no exchange has to be asked about. */
  async #checked(wanted: WantedBot): Promise<Checked> {
    const account = await this.deps.accounts.find(wanted.accountId)
    if (account === undefined) throw new Refusal(404, "unknown-id", "There is no such account.", { field: "accountId" })
    const [strategy, markets] = [strategyIn(wanted), marketsIn(wanted)]
    refuseUseless(strategy, markets, account)
    return { account, strategy, markets, wanted }
  }

  /** The exchange's time, once it has said that it has the markets and the account the cash, which the bot has from then on. */
  async #refuseUnreachable(checked: Checked, id: string): Promise<{ nowMs: number; takeBack: () => void }> {
    const { account, markets, wanted } = checked
    const { cash } = wanted
    const desk = await this.deps.desks.of(account.id)
    const known = await desk.exchange.markets()
    const missing = markets.find((name) => !known.some((market) => market.name === name && market.isOpen))
    if (missing !== undefined) throw refused("markets", `${desk.exchange.name} does not trade ${missing} now.`)
    const quote = markets[0].split("/")[1]
    await refuseImpossible(desk, checked)
    const nowMs = await desk.exchange.serverTimeMs()
    const takeBack = await desk.cash.inTurn(async () => {
      const balance = (await desk.exchange.balances()).find(({ asset }) => asset === quote)
      const free = Number(balance?.free ?? 0) - desk.cash.promised(quote)
      if (Number(cash) > free)
        throw refused("cash", `The account has ${Math.max(0, free)} ${quote} that no other bot was given, not ${cash}.`)
      return desk.cash.give({ id, status: "running", markets, cash })
    })
    return { nowMs, takeBack }
  }

  async #engineFor(strategy: StrategyDocument): Promise<Engine> {
    try {
      return await this.deps.engineFor(strategy)
    } catch (error) {
      throw refused("strategy", error instanceof Error ? error.message : String(error))
    }
  }

  /** Its exchange has not been reached yet: kept, and done once it is. */
  async #wishUnseen({ bot }: Seat, command: BotCommand): Promise<void> {
    const status = command === "resume" ? "running" : command === "pause" ? "paused" : "closing"
    Object.assign(bot, { status, wish: wishOf[command], haltedBecause: null })
    const { wish, haltedBecause } = bot
    await this.deps.ledger.keep(bot, {
      standing: { status, wish, haltedBecause },
      events: [{ kind: "status", words: commandWords[command] }],
    })
  }

  #note(what: string, bot: BotRecord, by: Actor): Promise<void> {
    const state = botState(rowOfBot(bot))
    const change = changeOf(what, { before: state, after: state })
    return this.deps.audit.change(by, async () => ({ result: undefined, changes: [change] }))
  }
}

/** What was run again. Throws a `Refusal` where there is nothing to run. */
function whole<Answer>(answer: Answer | undefined): Answer {
  if (answer !== undefined) return answer
  throw new Refusal(409, "nothing-yet", "There is nothing to run again yet, or more than can be run again at once.")
}
