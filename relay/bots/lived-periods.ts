import type { Engine } from "#engine/run"
import { type StrategyDocument, strategyFromJson } from "#engine/strategy"
import { Refusal } from "../door/refusal.ts"
import type { BotRecord } from "../ledger/bot-record.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Surroundings } from "../surroundings.ts"
import { refused } from "./deployment.ts"
import { type Parity, parityOf } from "./parity.ts"
import type { ReplayDeps } from "./replay.ts"
import { type LiveWhy, whyAt } from "./why.ts"

type PeriodsDeps = {
  ledger: Ledger
  surroundings: Surroundings
  engineFor: (strategy: StrategyDocument) => Promise<Engine>
  botOf: (id: string) => BotRecord | undefined
}

/** What bots have lived through, run again. */
export class LivedPeriods {
  constructor(private readonly deps: PeriodsDeps) {}

  /** Its period run again. Undefined when there is no such bot; throws a `Refusal` where it cannot be run. */
  async parity(id: string): Promise<Parity | undefined> {
    const replay = await this.#replayOf(id)
    return replay && whole(await parityOf(replay))
  }

  /** The same; undefined too where there is nothing to run again. */
  async parityIfAny(id: string): Promise<Parity | undefined> {
    const replay = await this.#replayOf(id)
    return replay && parityOf(replay)
  }

  /** Why it did, or did not, trade at a candle of one of its markets, the last it decided on unless said; as `parity` otherwise. */
  async why(id: string, { market, atMs }: { market?: string; atMs?: number }): Promise<LiveWhy | undefined> {
    const replay = await this.#replayOf(id)
    return replay && whole(await whyAt(replay, { market: market ?? replay.bot.markets[0], atMs }))
  }

  async #replayOf(id: string): Promise<ReplayDeps | undefined> {
    const bot = this.deps.botOf(id)
    if (bot === undefined) return undefined
    const read = strategyFromJson(bot.document)
    if (!read.ok) throw new Refusal(409, "not-readable", read.problems[0].because)
    const { ledger, surroundings } = this.deps
    return { bot, strategy: read.strategy, engine: await engineOf(this.deps, read.strategy), ledger, surroundings }
  }
}

/** The engine for a strategy. Throws a `Refusal` where it cannot be had. */
export async function engineOf(
  { engineFor }: Pick<PeriodsDeps, "engineFor">,
  strategy: StrategyDocument,
): Promise<Engine> {
  try {
    return await engineFor(strategy)
  } catch (error) {
    throw refused("strategy", error instanceof Error ? error.message : String(error))
  }
}

/** What was run again. Throws a `Refusal` where there is nothing to run. */
function whole<Answer>(answer: Answer | undefined): Answer {
  if (answer !== undefined) return answer
  throw new Refusal(409, "nothing-yet", "There is nothing to run again yet, or more than can be run again at once.")
}
