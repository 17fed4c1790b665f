import type { Account } from "../../accounts/account.ts"
import type { Accounts } from "../../accounts/accounts.ts"
import { awayInWords } from "../../desk/exchange-away.ts"
import { Refusal } from "../../door/refusal.ts"
import { ExchangeUnreachable } from "../../guard/exchange.ts"
import type { Ledger } from "../../ledger/ledger.ts"
import type { StrategyDocument } from "#engine/strategy"
import type { AccountDesks } from "../account-desks.ts"
import type { WantedBot } from "../deployment.ts"
import { dailyLossLine } from "./daily-loss-line.ts"
import { type GateLine, lineOf } from "./gate-line.ts"
import { keyLine } from "./key-line.ts"
import { minimumsLine, stopLine } from "./market-lines.ts"
import { PaperRuns, type PaperRunsDeps, paperLines } from "./paper-lines.ts"

export type GateDeps = PaperRunsDeps & { accounts: Accounts; desks: AccountDesks; ledger: Ledger }

/** A bot that somebody wants, read and checked. */
export type Checked = { account: Account; strategy: StrategyDocument; markets: string[]; wanted: WantedBot }

/** What stands between a strategy and real money. */
export class GoLiveGate {
  readonly #paper: PaperRuns

  constructor(private readonly deps: GateDeps) {
    this.#paper = new PaperRuns(deps)
  }

  /** Every line; none for an account whose money is made up. At a stand-in nothing is real, but money is named by hand. */
  async lines(checked: Checked): Promise<GateLine[]> {
    const { account, wanted } = checked
    if (account.mode !== "live") return []
    const amount = amountLine(wanted)
    if (account.isStandIn) return [amount]
    const run = await this.#paper.bestOf(checked)
    const atExchange = await this.#exchangeLines(checked)
    return [...paperLines(run, wanted.confirm?.withoutPaper), ...atExchange, dailyLossLine(account), amount]
  }

  /** Throws a `Refusal` that names each line which is not met. */
  async refuseUnready(checked: Checked): Promise<void> {
    const lines = await this.lines(checked)
    const unmet = lines.filter(({ isMet }) => !isMet)
    if (unmet.length === 0) return
    const [{ field }] = unmet
    const isOnlyAmount = unmet.every(({ line }) => line === "amount")
    const wishes = unmet.map((line, n) => `(${n + 1}) ${inWords(line)}`).join(" ")
    throw new Refusal(
      422,
      isOnlyAmount ? "not-confirmed" : "not-ready",
      `${withWhoseMoney(checked.account)} What is still wanted: ${wishes} Nothing was started.`,
      { field, answer: { gate: lines } },
    )
  }

  async #exchangeLines(checked: Checked): Promise<GateLine[]> {
    const desk = await this.deps.desks.of(checked.account.id).catch(unreachable)
    if (desk instanceof ExchangeUnreachable) return exchangeLines.map((line) => away(line, "The exchange", desk))
    const { name } = desk.exchange
    const told = [stopLine(desk, checked), keyLine(desk, checked), minimumsLine(desk, checked)]
    const answers = await Promise.all(told.map((line) => line.catch(unreachable)))
    return answers.map((line, n) => (line instanceof ExchangeUnreachable ? away(exchangeLines[n], name, line) : line))
  }
}

function withWhoseMoney({ isStandIn }: Account): string {
  return isStandIn
    ? "This bot would trade at a stand-in for the exchange, where nothing is real."
    : "This bot would trade with real money."
}

function inWords({ words, todo, override }: GateLine): string {
  const orWithout = override && ` To go without, say "${override.phrase}" in ${override.field}.`
  return `${words} ${todo}${orWithout ?? ""}`
}

const exchangeLines = ["stop", "key", "minimums"] as const

/** The exchange does not answer: then nobody knows, and the line is not met. Throws anything else. */
function unreachable(error: unknown): ExchangeUnreachable {
  if (error instanceof ExchangeUnreachable) return error
  throw error
}

function away(line: GateLine["line"], name: string, { because }: ExchangeUnreachable): GateLine {
  return lineOf(line, "accountId", { words: awayInWords(because, name), todo: "Try again once it answers." })
}

function amountLine({ cash, confirm }: WantedBot): GateLine {
  const typed = confirm?.amountAtRisk
  if (Number(typed) === Number(cash))
    return lineOf("amount", AMOUNT, { words: `You have typed the amount at risk: ${cash}.` })
  const words = typed === undefined ? "The amount at risk is not typed." : `The amount at risk says ${typed}.`
  return lineOf("amount", AMOUNT, { words, todo: `Type what the bot would have: ${cash}.` })
}

const AMOUNT = "confirm.amountAtRisk"
