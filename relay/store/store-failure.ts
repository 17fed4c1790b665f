import { plainText } from "#engine/candles"

/** Why the store cannot be used, for programs. */
export type StoreFailureKind = "disk-full" | "busy" | "read-only" | "unreachable" | "damaged" | "broken"

/** The store cannot be read or written, as a sentence for the person: not a bug, and they can fix it. */
export class StoreFailure extends Error {
  override name = "StoreFailure"

  constructor(
    sentence: string,
    readonly kind: StoreFailureKind = "broken",
    options?: ErrorOptions,
  ) {
    super(sentence, options)
  }
}

const safe = "What was kept before is still there; try again once this is fixed."
const away = `The database server cannot be reached. Nothing was lost: ${safe}`

// SQLite's result codes: https://www.sqlite.org/rescode.html
// PostgreSQL's: https://www.postgresql.org/docs/current/errcodes-appendix.html
const failures: [RegExp, StoreFailureKind, string][] = [
  [/^SQLITE_FULL|^53100$/, "disk-full", `The disk is full, so nothing more can be kept. ${safe}`],
  [/^SQLITE_BUSY|^SQLITE_LOCKED|^55P03$/, "busy", `Another program is busy with Candlewright's database. ${safe}`],
  [/^SQLITE_READONLY|^25006$/, "read-only", `The data folder is read-only. ${safe}`],
  [/^SQLITE_(CANTOPEN|PERM)/, "read-only", `The database cannot be opened; check its folder. ${safe}`],
  [/^SQLITE_IOERR/, "broken", `The disk cannot read or write the database. Is it full, or gone? ${safe}`],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    "damaged",
    "The database's file is damaged. Move it away and restore a backup, or begin anew.",
  ],
  [
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENOENT|08\w{3}|57P0[1-3]|53300)$/,
    "unreachable",
    away,
  ],
  [
    /^28\w{3}$|^3D000$/,
    "unreachable",
    "The database server does not let Candlewright in. Check the name and password in DATABASE_URL.",
  ],
]

/** The sentence for what the database refused; undefined for any other error. */
export function storeFailure(error: unknown): StoreFailure | undefined {
  if (error instanceof StoreFailure) return error
  const { code, message, severity } = error as { code?: unknown; message?: unknown; severity?: unknown }
  const text = String(message)
  if (typeof code === "string") {
    const found = failures.find(([pattern]) => pattern.test(code))
    if (found !== undefined) return new StoreFailure(found[2], found[1], { cause: error })
    if (!code.startsWith("SQLITE_") && severity === undefined) return undefined
    return isOurs(code) ? undefined : new StoreFailure(other(text), "broken", { cause: error })
  }
  return lostConnection.test(text) ? new StoreFailure(away, "unreachable", { cause: error }) : undefined
}

/** What node-postgres says, without a code, of a connection that is gone. */
const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/

/** A broken rule of a table or a statement that makes no sense is our bug. */
function isOurs(code: string): boolean {
  return /^SQLITE_(CONSTRAINT|ERROR|MISUSE|RANGE|MISMATCH)|^(22|23|42)/.test(code)
}

function other(message: string): string {
  return `The database cannot be written or read (${plainText(message, 200)}). ${safe}`
}

/** Damaged candles of one market; the others are unaffected. */
export function damagedCandles(series: string, what: string): StoreFailure {
  return new StoreFailure(
    `The kept candles of ${plainText(series)} are damaged: ${what} Remove them and fetch them again; other markets are whole.`,
    "damaged",
  )
}
