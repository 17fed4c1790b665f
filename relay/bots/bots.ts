import type { Engine } from "#engine/run"
import { dangersOf, otherEngineNotes, type StrategyDocument, strategyFromJson } from "#engine/strategy"
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
import { type BotCommand, refuseUnfitCommand, wishOf, wordsOf } from "./bot-command.ts"
import { BotRunner } from "./bot-runner.ts"
import { failuresOf } from "./bot-failures.ts"
import { type BotView, viewOf } from "./bot-view.ts"
import { type BotCounts, type BotSeat, countsOf, inTurn } from "./bot-seat.ts"
import type { WantedBot } from "./deployment.ts"
import { Deployments } from "./deployments.ts"
import type { GateLine } from "./gate/gate-line.ts"
import { Inbox } from "./inbox.ts"
import { engineOf, LivedPeriods } from "./lived-periods.ts"
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

const RETRY_MS = 5_000

/** All bots of the relay: deployed, brought back after a restart, and told what their owners want. */
export class Bots {
  readonly #seats = new Map<string, BotSeat>()
  #isEnded = false
  #isTrading = false

  /** What they hold and their exchanges do not have. */
  readonly inbox: Inbox
  /** Their periods run again. */
  readonly periods: LivedPeriods
  readonly #deployments: Deployments

  constructor(private readonly deps: BotsDeps) {
    this.inbox = new Inbox({ ...deps, runnerOf: (id) => this.#seats.get(id)?.runner })
    const botOf = (id: string) => this.#seats.get(id)?.bot
    this.periods = new LivedPeriods({ ...deps, botOf })
    const names = () => [...this.#seats.values()].map(({ bot }) => bot.name)
    const parityOf = (id: string) => this.periods.parityIfAny(id)
    this.#deployments = new Deployments({ ...deps, parityOf, names, seat: (bot) => this.#seat(bot) })
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

  /** What keeps bots from working now, in words: by account where its exchange is away, else by bot. */
  failures(): Map<string, string> {
    return failuresOf([...this.#seats.values()])
  }

  /** How those that have not ended stand, counted. */
  counts(): BotCounts {
    return countsOf(this.#seats.values(), this.#isTrading)
  }

  /** Undefined when there is none. */
  async find(id: string): Promise<BotView | undefined> {
    const seat = this.#seats.get(id)
    return seat && this.#view(seat)
  }

  /** What stands between a strategy and real money; nothing where its money would be made up. */
  gate(wanted: WantedBot): Promise<GateLine[]> {
    return this.#deployments.gate(wanted)
  }

  /** Starts a bot. Throws a `Refusal` for whatever cannot trade, before anything is kept. */
  async deploy(wanted: WantedBot, by: Actor): Promise<BotView> {
    return this.#view(await this.#deployments.deploy(wanted, by))
  }

  /** What its owner wants of it. Undefined when there is none; throws a `Refusal` where it cannot be. */
  async command(id: string, command: BotCommand, by: Actor): Promise<BotView | undefined> {
    const seat = this.#seats.get(id)
    if (seat === undefined) return undefined
    // What one says is known before the next is looked at.
    await inTurn(seat, async () => {
      refuseUnfitCommand(seat.bot, command)
      if (command === "resume") await seat.runner?.acceptOther()
      await this.#note(`bot.${command}`, seat.bot, by)
      if (seat.runner) await seat.runner.wish(wishOf[command], wordsOf(command, this.deps.killSwitch))
      else await this.#wishUnseen(seat, command)
    })
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

  /** Throws a `Refusal` for a new key that does not see what the account holds and has open; answers whether it is seen to fit. */
  refuseOtherKey(accountId: string, key: CopiedKey): Promise<boolean> {
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

  async #view({ bot, ...seat }: BotSeat, counts?: ReadonlyMap<string, number>): Promise<BotView> {
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

  #seat(bot: BotRecord): BotSeat {
    const read = strategyFromJson(bot.document)
    const seat: BotSeat = read.ok
      ? { bot, ...shownOf(read.strategy, bot.hashes.engine), failure: "" }
      : { bot, timeframe: "", dangers: [], notes: [], failure: "" }
    this.#seats.set(bot.id, seat)
    if (!read.ok) seat.failure = `Its strategy cannot be read: ${read.problems[0].because}`
    else if (this.#isTrading && bot.status !== "stopped") void this.#run(seat, read.strategy)
    return seat
  }

  /** Tries until its account's exchange is there. */
  async #run(seat: BotSeat, strategy: StrategyDocument): Promise<void> {
    if (this.#isEnded) return
    const { accounts, desks, feeds, surroundings, onBug, ...rest } = this.deps
    try {
      const { bot } = seat
      const account = await accounts.find(bot.accountId)
      if (account === undefined) throw new Error("Its account is not there any more.")
      const desk = await desks.of(bot.accountId)
      desk.cash.give(bot)
      const engine = await engineOf(this.deps, strategy)
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

  /** Its exchange has not been reached yet: kept, and done once it is. */
  async #wishUnseen({ bot }: BotSeat, command: BotCommand): Promise<void> {
    const status = command === "resume" ? "running" : command === "pause" ? "paused" : "closing"
    Object.assign(bot, { status, wish: wishOf[command], haltedBecause: null })
    const { wish, haltedBecause } = bot
    await this.deps.ledger.keep(bot, {
      standing: { status, wish, haltedBecause },
      events: [{ kind: "status", words: wordsOf(command, this.deps.killSwitch) }],
    })
  }

  #note(what: string, bot: BotRecord, by: Actor): Promise<void> {
    const state = botState(rowOfBot(bot))
    const change = changeOf(what, { before: state, after: state })
    return this.deps.audit.change(by, async () => ({ result: undefined, changes: [change] }))
  }
}

/** What a bot's owner is shown of its rules, wherever it stands. */
function shownOf(strategy: StrategyDocument, engine: string): Pick<BotSeat, "timeframe" | "dangers" | "notes"> {
  const notes = otherEngineNotes(Object.values(strategy.models ?? {}), engine)
  return { timeframe: strategy.timeframe, dangers: dangersOf(strategy), notes }
}
