import { type Kysely, sql } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"

/** What a bot had first, last, last before a time, and at most; undefined where nothing is kept. Quote currency. */
export type Marks = Record<"first" | "last" | "before" | "most", number | undefined>

type Known = Marks & { beforeMs: number; lastAtMs: number }

/**
 * The marks of each bot's equity curve. They come from the records and follow them in memory, so that asking stays cheap
 * when a curve has a million points and a thousand bots are asked about at each entry.
 */
export class EquityMarks {
  readonly #known = new Map<string, Known>()
  #kept = 0

  constructor(private readonly database: Kysely<RelayTables>) {}

  async of(botId: string, beforeMs: number): Promise<Marks> {
    const known = this.#known.get(botId)
    if (known?.beforeMs === beforeMs) return known
    const [kept, whole] = [this.#kept, known ?? (await this.#whole(botId))]
    const { last, lastAtMs } = await this.#last(botId)
    const before = await this.#before(botId, beforeMs)
    const marks = { first: whole.first, most: whole.most, last, lastAtMs, before, beforeMs }
    // What was kept meanwhile may be missing: then it is read anew the next time.
    if (kept === this.#kept) this.#known.set(botId, marks)
    else this.#known.delete(botId)
    return marks
  }

  /** A point has been kept. */
  keep(botId: string, { atMs, equity }: { atMs: number; equity: number }): void {
    this.#kept++
    const known = this.#known.get(botId)
    if (known === undefined) return
    if (known.first === undefined || atMs <= known.beforeMs || atMs <= known.lastAtMs) this.#known.delete(botId)
    else Object.assign(known, { last: equity, lastAtMs: atMs, most: Math.max(known.most ?? equity, equity) })
  }

  forget(botId: string): void {
    this.#known.delete(botId)
  }

  async #last(botId: string) {
    const row = await this.#rows(botId).select(["equity", "at_ms"]).orderBy("at_ms", "desc").limit(1).executeTakeFirst()
    return { last: row && Number(row.equity), lastAtMs: row?.at_ms ?? 0 }
  }

  async #before(botId: string, beforeMs: number): Promise<number | undefined> {
    const until = this.#rows(botId).select("equity").where("at_ms", "<=", beforeMs)
    const row = await until.orderBy("at_ms", "desc").limit(1).executeTakeFirst()
    return row && Number(row.equity)
  }

  async #whole(botId: string) {
    const first = await this.#rows(botId).select("equity").orderBy("at_ms").limit(1).executeTakeFirst()
    const most = await this.#rows(botId)
      .select((select) => select.fn.max(sql<number>`cast(equity as double precision)`).as("equity"))
      .executeTakeFirst()
    return { first: first && Number(first.equity), most: most?.equity ?? undefined }
  }

  #rows(botId: string) {
    return this.database.selectFrom("bot_equity").where("bot_id", "=", botId)
  }
}
