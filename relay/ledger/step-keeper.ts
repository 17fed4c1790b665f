import type { Kysely } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"
import type { BotEvent } from "./bot-event.ts"
import type { LogBar } from "./entry-bar.ts"
import { eventsOf, keepStep, type Owner, type Step } from "./step.ts"

type WaitingStep = { bot: Owner; step: Step; kept: () => void; failed: (error: unknown) => void }

/** So many steps are kept together: what has been asked before them waits no longer than they take. */
const MOST_TOGETHER = 100

type KeeperDeps = {
  database: Kysely<RelayTables>
  nowMs: () => number
  logBar?: LogBar
  /** One is on the disk. */
  onKept: (bot: Owner, step: Step) => void
}

/** Keeps steps of bots, each whole or not at all, and tells of their events. */
export class StepKeeper {
  readonly #listeners = new Set<(event: BotEvent) => void>()
  readonly #counts = new Map<string, { trades: number; inputs: number }>()
  readonly #waiting: WaitingStep[] = []
  #isKeeping = false
  /** Of the newest event; undefined while it has to be read. */
  #seq: number | undefined

  constructor(private readonly deps: KeeperDeps) {}

  /**
   * Keeps all of a step or nothing of it. Steps that come while another is being kept wait, and are then kept together:
   * syncing the disk takes milliseconds, and a thousand bots decide at the same moment.
   */
  keep(bot: Owner, step: Step): Promise<void> {
    return new Promise((kept, failed) => {
      this.#waiting.push({ bot, step, kept, failed })
      if (!this.#isKeeping) void this.#keepAll()
    })
  }

  async #keepAll(): Promise<void> {
    this.#isKeeping = true
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, MOST_TOGETHER)
      if (
        together.length > 1 &&
        (await this.#keepTogether(together).then(
          () => true,
          () => false,
        ))
      )
        continue
      // One that cannot be kept stops no other.
      for (const one of together) await this.#keepTogether([one]).catch(one.failed)
    }
    this.#isKeeping = false
  }

  async #keepTogether(steps: readonly WaitingStep[]): Promise<void> {
    const seq = (this.#seq ??= await this.#lastSeq())
    const events: BotEvent[] = []
    const counts = new Map<string, { trades: number; inputs: number }>()
    try {
      for (const { bot } of steps) counts.set(bot.id, { ...(await this.#countsOf(bot.id)) })
      await this.deps.database.transaction().execute(async (transaction) => {
        for (const { bot, step } of steps) {
          const own = eventsOf(bot, step, { seq: seq + events.length, atMs: this.deps.nowMs() })
          events.push(...own)
          const count = counts.get(bot.id)!
          await keepStep(transaction, bot, step, { events: own, counts: count, logBar: this.deps.logBar })
        }
      })
    } catch (error) {
      // Whether it was kept after all nobody knows: everything is counted anew.
      this.#seq = undefined
      for (const { bot } of steps) this.#counts.delete(bot.id)
      throw error
    }
    this.#seq = seq + events.length
    for (const [id, count] of counts) this.#counts.set(id, count)
    for (const { bot, step, kept } of steps) {
      this.deps.onKept(bot, step)
      kept()
    }
    for (const event of events) for (const listener of this.#listeners) listener(event)
  }

  /** Hears every event that is kept from now on, until you call the returned function. */
  listen(listener: (event: BotEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async #lastSeq(): Promise<number> {
    const rows = this.deps.database.selectFrom("bot_event")
    const last = await rows.select((select) => select.fn.max("seq").as("seq")).executeTakeFirst()
    return last?.seq ?? 0
  }

  async #countsOf(id: string): Promise<{ trades: number; inputs: number }> {
    const known = this.#counts.get(id)
    if (known) return known
    const { database } = this.deps
    const most = async (table: "bot_trade" | "bot_input") => {
      const rows = database.selectFrom(table).where("bot_id", "=", id)
      const last = await rows.select((select) => select.fn.max("n").as("n")).executeTakeFirst()
      return last?.n ?? 0
    }
    const counts = { trades: await most("bot_trade"), inputs: await most("bot_input") }
    this.#counts.set(id, counts)
    return counts
  }
}
