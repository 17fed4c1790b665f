import type { BotRecord } from "../ledger/bot-record.ts"
import type { BotRunner } from "./bot-runner.ts"

/** A bot that is to have cash of its account. */
type GivenBot = Pick<BotRecord, "id" | "status" | "markets" | "cash">

/** What of an account's money was given to bots. */
export class GivenCash {
  /** Bots that have cash of the account, whether they run yet or not. */
  readonly #given = new Map<string, GivenBot>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(private readonly runners: ReadonlySet<BotRunner>) {}

  /** What bots were given of a quote currency and have not put into positions. */
  promised(quote: string): number {
    const runners = new Map([...this.runners].map((runner) => [runner.bot.id, runner]))
    const bots = new Map([...this.#given, ...[...runners].map(([id, { bot }]) => [id, bot] as const)])
    return [...bots.values()]
      .filter(({ status, markets }) => status !== "stopped" && markets[0].endsWith(`/${quote}`))
      .reduce((sum, { id, cash }) => {
        const runner = runners.get(id)
        return sum + Math.max(0, (runner?.equity() ?? Number(cash)) - (runner?.invested() ?? 0))
      }, 0)
  }

  /** A bot has its cash from now on, before it runs too, until what is returned is called. */
  give(bot: GivenBot): () => void {
    this.#given.set(bot.id, bot)
    return () => void this.#given.delete(bot.id)
  }

  /** Gives money away, one after the other: whoever looks at what is free looks at it alone. */
  inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(act)
    this.#last = done.catch(() => {})
    return done
  }
}
