import type { Kysely, Selectable } from "kysely"
import { type Analysis, type AnalysisOutcome, type CallLedger, dueMs, type ModelCall } from "#models"
import type { VenueId } from "#venues"
import type { AnalysisTable } from "../store/analysis-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import { type AnalysisWatch, firstWatch } from "./analysis-watch.ts"

export type KeptAnalysis = Analysis & { venue: VenueId }

/** Older ones make room beyond this. */
const MOST_ANALYSES = 5_000
const MOST_CALLS = 10_000

/** Analyses and what their models cost, on the disk. */
export class AnalysisStore implements CallLedger {
  constructor(private readonly database: Kysely<RelayTables>) {}

  async add(analysis: KeptAnalysis): Promise<void> {
    const { outcome, ...said } = analysis
    const { id, atMs, venue, market } = said
    const row = {
      id,
      at_ms: atMs,
      due_ms: dueMs(said),
      venue,
      market,
      said: JSON.stringify(said),
      outcome: outcome && JSON.stringify(outcome),
    }
    await this.database.insertInto("analysis").values(row).execute()
    await this.#makeRoom("analysis", MOST_ANALYSES)
  }

  /** The newest first. */
  async list(most: number): Promise<KeptAnalysis[]> {
    const rows = await this.database.selectFrom("analysis").selectAll().orderBy("at_ms", "desc").limit(most).execute()
    return rows.map(analysisOf)
  }

  /** Those whose outcome could be known by now and is not noted yet, the oldest first. */
  async due(nowMs: number, most: number): Promise<KeptAnalysis[]> {
    const rows = await this.database
      .selectFrom("analysis")
      .selectAll()
      .where("outcome", "is", null)
      .where("due_ms", "<=", nowMs)
      .orderBy("due_ms")
      .limit(most)
      .execute()
    return rows.map(analysisOf)
  }

  async end(id: string, outcome: AnalysisOutcome): Promise<void> {
    await this.database
      .updateTable("analysis")
      .set({ outcome: JSON.stringify(outcome) })
      .where("id", "=", id)
      .where("outcome", "is", null)
      .execute()
  }

  async watch(database = this.database): Promise<AnalysisWatch> {
    const row = await database.selectFrom("analysis_watch").select("watch").executeTakeFirst()
    return row === undefined ? firstWatch : { ...firstWatch, ...(JSON.parse(row.watch) as AnalysisWatch) }
  }

  async keepWatch(watch: AnalysisWatch, database = this.database): Promise<void> {
    const row = { id: 1, watch: JSON.stringify(watch) }
    await database
      .insertInto("analysis_watch")
      .values(row)
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ watch: row.watch }))
      .execute()
  }

  async put(call: ModelCall): Promise<void> {
    const row = { id: call.id, at_ms: call.atMs, call: JSON.stringify(call) }
    await this.database
      .insertInto("model_call")
      .values(row)
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ call: row.call }))
      .execute()
    await this.#makeRoom("model_call", MOST_CALLS)
  }

  async since(fromMs: number): Promise<readonly ModelCall[]> {
    const rows = await this.database.selectFrom("model_call").select("call").where("at_ms", ">=", fromMs).execute()
    return rows.map(({ call }) => JSON.parse(call) as ModelCall)
  }

  async #makeRoom(table: "analysis" | "model_call", most: number): Promise<void> {
    const first = await this.database
      .selectFrom(table)
      .select("at_ms")
      .orderBy("at_ms", "desc")
      .offset(most)
      .limit(1)
      .executeTakeFirst()
    if (first !== undefined) await this.database.deleteFrom(table).where("at_ms", "<=", first.at_ms).execute()
  }
}

function analysisOf({ said, outcome }: Selectable<AnalysisTable>): KeptAnalysis {
  const read = JSON.parse(said) as Omit<KeptAnalysis, "outcome">
  return { ...read, outcome: outcome === null ? null : (JSON.parse(outcome) as AnalysisOutcome) }
}
