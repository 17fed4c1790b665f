import { botState, changeOf } from "../audit/audited-state.ts"
import type { Actor } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import { Refusal } from "../door/refusal.ts"
import { type BotRecord, rowOfBot } from "../ledger/bot-record.ts"
import type { StrategyDocument } from "#engine/strategy"
import type { Engine } from "#engine/run"
import type { Surroundings } from "../surroundings.ts"
import type { BotSeat } from "./bot-seat.ts"
import { firstCandleMs, hashesOf, marketsIn, refused, refuseUseless, strategyIn, type WantedBot } from "./deployment.ts"
import type { GateLine } from "./gate/gate-line.ts"
import { type Checked, type GateDeps, GoLiveGate } from "./gate/go-live-gate.ts"
import { refuseImpossible } from "./gate/market-lines.ts"
import { engineOf } from "./lived-periods.ts"

type DeploymentsDeps = GateDeps & {
  audit: AuditLog
  surroundings: Surroundings
  engineFor: (strategy: StrategyDocument) => Promise<Engine>
  /** Names of the bots there are. */
  names: () => string[]
  /** Gives one that is kept its place, and starts it. */
  seat: (bot: BotRecord) => BotSeat
}

const MOST_BOTS = 2_000
const LONGEST_NAME = 80

/** Starts bots: what cannot trade is refused before anything is kept. */
export class Deployments {
  readonly #gate: GoLiveGate
  /** Names of bots that are being deployed. */
  readonly #named = new Set<string>()

  constructor(private readonly deps: DeploymentsDeps) {
    this.#gate = new GoLiveGate(deps)
  }

  /** What stands between a strategy and real money; nothing where its money would be made up. */
  async gate(wanted: WantedBot): Promise<GateLine[]> {
    return this.#gate.lines(await this.#checked(wanted))
  }

  /** Starts a bot. Throws a `Refusal` for whatever cannot trade, before anything is kept. */
  async deploy(wanted: WantedBot, by: Actor): Promise<BotSeat> {
    const { surroundings } = this.deps
    const checked = await this.#checked(wanted)
    await this.#gate.refuseUnready(checked)
    if (this.deps.names().length >= MOST_BOTS)
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
  async #start(checked: Checked, { id, nowMs }: { id: string; nowMs: number }, by: Actor): Promise<BotSeat> {
    const { audit, ledger, surroundings } = this.deps
    const { account, strategy, markets, wanted } = checked
    const engine = await engineOf(this.deps, strategy)
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
    return this.deps.seat(bot)
  }

  /** The name where no bot has it, else with the first number that makes it another. */
  #freeName(name: string): string {
    const taken = new Set([...this.#named, ...this.deps.names()])
    for (let count = 1; ; count++) {
      const numbered = count === 1 ? name : `${name.slice(0, LONGEST_NAME - 5).trimEnd()} ${count}`
      if (!taken.has(numbered)) return numbered
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
        throw refused("cash", `The account has ${roundedDown(free)} ${quote} that no other bot was given, not ${cash}.`)
      return desk.cash.give({ id, status: "running", markets, cash })
    })
    return { nowMs, takeBack }
  }
}

/** So many places of an amount of cash are said. */
const CASH_PLACES = 8

/** An amount that is there, as a decimal text; never more than it is. */
function roundedDown(amount: number): string {
  return decimalText(Math.floor(Math.max(0, amount) * 10 ** CASH_PLACES + ROUNDING) / 10 ** CASH_PLACES)
}

/** What sums of binary numbers lose, in the last place that is said. */
const ROUNDING = 1e-3
