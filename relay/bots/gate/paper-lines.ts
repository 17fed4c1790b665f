import { DAY_MS, MINUTE_MS } from "#engine/candles"
import { canonicalStrategy, type StrategyDocument, strategyFromJson } from "#engine/strategy"
import type { Accounts } from "../../accounts/accounts.ts"
import type { BotRecord } from "../../ledger/bot-record.ts"
import type { Ledger } from "../../ledger/ledger.ts"
import type { Lived } from "../../ledger/lived.ts"
import type { Surroundings } from "../../surroundings.ts"
import type { Parity } from "../parity.ts"
import { type GateLine, lineOf, WITHOUT_PAPER } from "./gate-line.ts"
import type { Checked } from "./go-live-gate.ts"

export type PaperRunsDeps = {
  accounts: Pick<Accounts, "list">
  ledger: Pick<Ledger, "bots" | "lived">
  surroundings: Pick<Surroundings, "steadyMs">
  /** Undefined where there is nothing to run again. */
  parityOf: (id: string) => Promise<Parity | undefined>
}

/** A bot of the same rules with made-up money, and how it compares with its backtest. */
export type PaperRun = Lived & { name: string; parity: Parity | undefined }

const ENOUGH_DAYS = 7
const ENOUGH_TRADES = 20
/** Running a year again takes seconds, and a screen asks at each choice. */
const PARITY_FOR_MS = 5 * MINUTE_MS

/** Finds how strategies did with made-up money. */
export class PaperRuns {
  readonly #parities = new Map<string, { atMs: number; parity: Promise<Parity | undefined> }>()

  constructor(private readonly deps: PaperRunsDeps) {}

  /** The one that has lived longest, of the same rules on at least the same markets; undefined where there is none. */
  async bestOf(checked: Checked): Promise<PaperRun | undefined> {
    const accounts = await this.deps.accounts.list()
    const isReal = (id: string) => accounts.some((one) => one.id === id && one.mode === "live" && !one.isStandIn)
    const bots = (await this.deps.ledger.bots()).filter((bot) => !isReal(bot.accountId) && isSame(bot, checked))
    const lived = await Promise.all(bots.map(async (bot) => ({ bot, ...(await this.deps.ledger.lived(bot)) })))
    const [best] = lived.toSorted((one, other) => shareOf(other) - shareOf(one))
    if (best === undefined) return undefined
    const { bot, ...rest } = best
    return { ...rest, name: bot.name, parity: await this.#parity(bot.id) }
  }

  #parity(id: string): Promise<Parity | undefined> {
    const nowMs = this.deps.surroundings.steadyMs()
    for (const [one, { atMs }] of this.#parities) if (nowMs - atMs > PARITY_FOR_MS) this.#parities.delete(one)
    const known = this.#parities.get(id)
    if (known) return known.parity
    const parity = this.deps.parityOf(id)
    this.#parities.set(id, { atMs: nowMs, parity })
    parity.catch(() => this.#parities.delete(id))
    return parity
  }
}

/** How much of what is enough it has lived through. */
function shareOf({ lastedMs, trades }: Lived): number {
  return Math.max(lastedMs / (ENOUGH_DAYS * DAY_MS), trades / ENOUGH_TRADES)
}

function isSame({ document, params, markets }: BotRecord, wanted: Checked): boolean {
  if (!wanted.markets.every((name) => markets.includes(name))) return false
  const read = strategyFromJson(document)
  return read.ok && rulesOf(read.strategy, params) === rulesOf(wanted.strategy, wanted.wanted.params)
}

/** What it does, whatever it is called and wherever. */
function rulesOf(strategy: StrategyDocument, params: BotRecord["params"] | undefined): string {
  return canonicalStrategy({ ...strategy, name: "", description: "", markets: [] }, params)
}

/** Whether it was tried with made-up money long enough, and did there what its backtest does. */
export function paperLines(run: PaperRun | undefined, typed: string | undefined): GateLine[] {
  return [paperLine(run, typed), parityLine(run, typed)]
}

function paperLine(run: PaperRun | undefined, typed: string | undefined): GateLine {
  const field = "confirm.withoutPaper"
  const words = run
    ? `${run.name} ran with made-up money for ${(run.lastedMs / DAY_MS).toFixed(1)} days and ended ${run.trades} ${run.trades === 1 ? "trade" : "trades"}.`
    : "These rules never ran on these markets with made-up money."
  if (run !== undefined && shareOf(run) >= 1) return lineOf("paper", field, { words })
  const todo = `Run it on paper for ${ENOUGH_DAYS} days or ${ENOUGH_TRADES} trades first.`
  const isMet = isOverridden(typed)
  return {
    line: "paper",
    isMet,
    words: isMet ? `${words} You go without.` : words,
    todo: isMet ? null : todo,
    field,
    override: { field, phrase: WITHOUT_PAPER },
  }
}

function isOverridden(typed: string | undefined): boolean {
  return typed?.trim().toLowerCase() === WITHOUT_PAPER
}

function parityLine(run: PaperRun | undefined, typed: string | undefined): GateLine {
  const { parity } = run ?? {}
  if (parity === undefined) {
    const words = "No run with made-up money can be compared with its backtest yet."
    return lineOf("parity", "strategy", isOverridden(typed) ? { words } : { words, todo: "Run it on paper first." })
  }
  if (!parity.isRepeatable)
    return lineOf("parity", "strategy", {
      words: `Run again with what it heard, ${run!.name} does not come to where it is.`,
      todo: "Start it on paper anew: a run that cannot be repeated says nothing.",
    })
  const count = parity.differences.length
  const named =
    count === 0 ? "no difference" : `${count} ${count === 1 ? "difference" : "differences"}, each named with its cost,`
  return lineOf("parity", "strategy", {
    words: `${run!.name} decides the same when it is run again, with ${named} from its backtest.`,
  })
}
