import type { Kysely, Selectable } from "kysely"
import type { JobTable } from "../store/job-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { AskedJob, JobKind, JobStatus, JobView } from "./job.ts"

/** A job that waits for its turn; `tries`: how often it was begun before. */
export type WaitingJob = { id: string; asked: AskedJob; tries: number }

export type NewJob = { asked: AskedJob; person: string; createdMs: number }

/** How a job ended. */
export type JobEnd = { status: JobStatus; endedMs: number; result?: string; error?: string; field?: string }

const shown = ["id", "kind", "status", "created_ms", "ended_ms", "error", "field"] as const
const unended = ["queued", "running"]

/** Jobs on the disk. */
export class JobStore {
  constructor(private readonly database: Kysely<RelayTables>) {}

  async add(id: string, { asked, person, createdMs }: NewJob): Promise<void> {
    const ended = { ended_ms: null, result: null, error: null, field: null }
    const row = {
      id,
      kind: asked.kind,
      status: "queued",
      asked: JSON.stringify(asked),
      created_ms: createdMs,
      tries: 0,
      person,
    }
    await this.database
      .insertInto("job")
      .values({ ...row, ...ended })
      .execute()
  }

  /** Those of a person, the newest first. */
  async list(person: string): Promise<JobView[]> {
    const rows = await this.database
      .selectFrom("job")
      .select(shown)
      .where("person", "=", person)
      .orderBy("created_ms", "desc")
      .orderBy("id")
      .execute()
    return rows.map(viewOf)
  }

  /** `result`: its answer as JSON, once it is done. */
  async find(id: string): Promise<{ view: JobView; result: string | null } | undefined> {
    const row = await this.database
      .selectFrom("job")
      .select([...shown, "result"])
      .where("id", "=", id)
      .executeTakeFirst()
    return row && { view: viewOf(row), result: row.result }
  }

  /** Who asked for it; undefined when there is none. */
  async person(id: string): Promise<string | undefined> {
    const row = await this.database.selectFrom("job").select("person").where("id", "=", id).executeTakeFirst()
    return row?.person
  }

  /** What it was asked to do; undefined when there is none. */
  async asked(id: string): Promise<AskedJob | undefined> {
    const row = await this.database.selectFrom("job").select("asked").where("id", "=", id).executeTakeFirst()
    return row && (JSON.parse(row.asked) as AskedJob)
  }

  /** Jobs that have not ended, the oldest first: those that ran when a relay stopped begin anew. */
  async unended(): Promise<WaitingJob[]> {
    const rows = await this.database
      .selectFrom("job")
      .select(["id", "asked", "tries"])
      .where("status", "in", unended)
      .orderBy("created_ms")
      .orderBy("id")
      .execute()
    return rows.map(({ id, asked, tries }) => ({ id, tries, asked: JSON.parse(asked) as AskedJob }))
  }

  /** Notes that it runs, for so many times now. */
  async begin(id: string, tries: number): Promise<void> {
    await this.database.updateTable("job").set({ status: "running", tries }).where("id", "=", id).execute()
  }

  /** Notes that it waits again. */
  async putBack(id: string, tries: number): Promise<void> {
    await this.database.updateTable("job").set({ status: "queued", tries }).where("id", "=", id).execute()
  }

  async end(id: string, { status, endedMs, result = "", error, field }: JobEnd): Promise<void> {
    const ended = { status, ended_ms: endedMs, result: result || null, error: error ?? null, field: field ?? null }
    await this.database.updateTable("job").set(ended).where("id", "=", id).execute()
  }

  async remove(id: string): Promise<void> {
    await this.database.deleteFrom("job").where("id", "=", id).execute()
  }

  /** Forgets the oldest of those that have ended, and all that ended before a time. */
  async forget({ beforeMs, most }: { beforeMs: number; most: number }): Promise<void> {
    const rows = await this.database
      .selectFrom("job")
      .select(["id", "ended_ms"])
      .where("status", "not in", unended)
      .orderBy("ended_ms", "desc")
      .execute()
    const old = rows.filter(({ ended_ms }, n) => n >= most || (ended_ms ?? 0) < beforeMs)
    if (old.length > 0)
      await this.database
        .deleteFrom("job")
        .where(
          "id",
          "in",
          old.map(({ id }) => id),
        )
        .execute()
  }
}

function viewOf(row: Pick<Selectable<JobTable>, (typeof shown)[number]>): JobView {
  const { id, error, field } = row
  return {
    id,
    kind: row.kind as JobKind,
    status: row.status as JobStatus,
    progress: row.status === "done" ? 1 : 0,
    createdMs: row.created_ms,
    endedMs: row.ended_ms,
    ...(error !== null && { error }),
    ...(field !== null && { field }),
  }
}
