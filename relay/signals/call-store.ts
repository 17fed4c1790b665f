import type { Kysely, Selectable } from "kysely"
import { dueMsOf, type SignalOutcome } from "#engine/run"
import type { VenueId } from "#venues"
import type { RelayTables } from "../store/relay-schema.ts"
import type { SignalCallTable } from "../store/signal-schema.ts"
import type { KeptCall } from "./kept-call.ts"
import { signalLimits } from "./signal-watch.ts"

/** Which market's calls, or those of one source there. */
type CallsAsked = { venue: VenueId; market: string; source?: string; most: number }

/** Calls on the disk: written before their outcome is known, and no word of them changed later. */
export class CallStore {
  constructor(private readonly database: Kysely<RelayTables>) {}

  /** Keeps what one candle was said of; what was said of it before stays. */
  async add(calls: readonly KeptCall[]): Promise<void> {
    if (calls.length === 0) return
    await this.database
      .insertInto("signal_call")
      .values(calls.map(rowOf))
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute()
    await this.#makeRoom(calls[0])
  }

  /** The newest first. */
  async list({ venue, market, source, most }: CallsAsked): Promise<KeptCall[]> {
    const calls = this.database.selectFrom("signal_call").selectAll()
    const ofMarket = calls.where("venue", "=", venue).where("market", "=", market)
    const asked = source === undefined ? ofMarket : ofMarket.where("source", "=", source)
    const rows = await asked.orderBy("closed_ms", "desc").orderBy("source").limit(most).execute()
    return rows.map(callOf)
  }

  /** Those whose outcome may be known by now, the longest waiting first. */
  async due(nowMs: number, most: number): Promise<KeptCall[]> {
    const waiting = this.database.selectFrom("signal_call").selectAll().where("outcome", "is", null)
    const rows = await waiting.where("ask_ms", "<=", nowMs).orderBy("ask_ms").limit(most).execute()
    return rows.map(callOf)
  }

  /** Those of one market that are due at the close of a candle. */
  async dueIn({ venue, market, closedMs }: { venue: VenueId; market: string; closedMs: number }): Promise<KeptCall[]> {
    const ofMarket = this.database.selectFrom("signal_call").selectAll().where("venue", "=", venue)
    const waiting = ofMarket.where("market", "=", market).where("outcome", "is", null)
    const rows = await waiting.where("due_ms", "<=", closedMs).limit(signalLimits.keptCalls).execute()
    return rows.map(callOf)
  }

  /** Notes an outcome; one that is noted already stays. */
  async end(id: string, outcome: SignalOutcome): Promise<void> {
    await this.database
      .updateTable("signal_call")
      .set({ outcome: JSON.stringify(outcome) })
      .where("id", "=", id)
      .where("outcome", "is", null)
      .execute()
  }

  /** Its outcome is looked for again at that time. */
  async askAgain(id: string, ask_ms: number): Promise<void> {
    await this.database.updateTable("signal_call").set({ ask_ms }).where("id", "=", id).execute()
  }

  async #makeRoom({ venue, market }: KeptCall): Promise<void> {
    const ofMarket = this.database.selectFrom("signal_call").where("venue", "=", venue).where("market", "=", market)
    const oldest = ofMarket.select("closed_ms").orderBy("closed_ms", "desc")
    const first = await oldest.offset(signalLimits.keptCalls).limit(1).executeTakeFirst()
    if (first === undefined) return
    const gone = this.database.deleteFrom("signal_call").where("venue", "=", venue).where("market", "=", market)
    await gone.where("closed_ms", "<=", first.closed_ms).execute()
  }
}

function rowOf(call: KeptCall): SignalCallTable {
  const { outcome, ...said } = call
  const { id, source, venue, market, timeframe, candleClosedMs } = said
  const dueMs = dueMsOf(said)
  return {
    id,
    source,
    venue,
    market,
    timeframe,
    closed_ms: candleClosedMs,
    due_ms: dueMs,
    ask_ms: dueMs,
    said: JSON.stringify(said),
    outcome: outcome && JSON.stringify(outcome),
  }
}

function callOf({ said, outcome }: Selectable<SignalCallTable>): KeptCall {
  const read = JSON.parse(said) as Omit<KeptCall, "outcome">
  return { ...read, outcome: outcome === null ? null : (JSON.parse(outcome) as SignalOutcome) }
}
