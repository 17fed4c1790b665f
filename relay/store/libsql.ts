import type { Dialect, SqliteDialectConfig } from "kysely"
import type Libsql from "libsql"
import { sleep, type Surroundings } from "../surroundings.ts"
import { guardedDialect, type TransactionControl } from "./guarded-dialect.ts"
import type { WriteWatch } from "./write-watch.ts"

/** How long we wait while another program writes. */
const BUSY_WAIT_MS = 10_000
const LOOK_AGAIN_MS = 25

type Time = Pick<Surroundings, "after" | "steadyMs">

/** An embedded database, open. `raw` is the connection behind the dialect. */
export type OpenedFile = { dialect: Dialect; raw: Libsql.Database }

/**
 * Opens the file so that every commit is synced to disk: what we reported as kept survives a power cut. With `time`,
 * waiting for another program does not hold the thread.
 */
export async function openLibsql(file: string, time: Time | undefined, writes?: WriteWatch): Promise<OpenedFile> {
  // Loaded only now, so that commands which keep nothing start faster.
  const [{ SqliteDialect }, { default: Database }] = await Promise.all([import("kysely"), import("libsql")])
  const raw = new Database(file)
  try {
    for (const pragma of [`busy_timeout=${BUSY_WAIT_MS}`, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"])
      raw.pragma(pragma)
    if (time !== undefined) raw.pragma("busy_timeout=0")
  } catch (error) {
    raw.close()
    throw error
  }
  const database = { prepare: (text: string) => whileOpen(raw).prepare(text), close: () => raw.close() }
  const plain = new SqliteDialect({ database: database as unknown as SqliteDialectConfig["database"] })
  return { dialect: guardedDialect(plain, { unsafe: "booleans too", control: controlOf(raw, time), writes }), raw }
}

/**
 * A transaction that reads first and writes later could starve, so each takes the writer's lock at once. These
 * statements go through `exec`: a prepared one that finds the file locked stays open in libsql, and the next
 * transaction cannot commit.
 */
function controlOf(raw: Libsql.Database, time: Time | undefined): TransactionControl {
  return {
    isOpen: () => raw.open && raw.inTransaction,
    begin: async () => (time === undefined ? void whileOpen(raw).exec("begin immediate") : patientBegin(raw, time)),
    commit: () => void whileOpen(raw).exec("commit"),
    rollback: () => {
      // A full disk has ended the transaction already.
      if (raw.open && raw.inTransaction) raw.exec("rollback")
    },
  }
}

/** The library ends the whole program where a closed connection is asked: a question that comes late is a sentence. */
function whileOpen(raw: Libsql.Database): Libsql.Database {
  if (raw.open) return raw
  throw Object.assign(new Error("The database is closed."), { code: "SQLITE_MISUSE" })
}

async function patientBegin(raw: Libsql.Database, time: Time): Promise<void> {
  const untilMs = time.steadyMs() + BUSY_WAIT_MS
  for (;;) {
    try {
      whileOpen(raw).exec("begin immediate")
      return
    } catch (error) {
      if (!isBusy(error) || time.steadyMs() >= untilMs) throw error
      await sleep(time, LOOK_AGAIN_MS)
    }
  }
}

function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY")
}
