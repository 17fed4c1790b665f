import { plainText } from "#engine/candles"

/** The store cannot be read or written, as a sentence for the person: not a bug, and they can fix it. */
export class StoreFailure extends Error {
  override name = "StoreFailure"
}

const safe = "What was kept before is still there; try again once this is fixed."

// SQLite's result codes. Source: https://www.sqlite.org/rescode.html
const failures: [RegExp, string][] = [
  [/^SQLITE_FULL/, `The disk is full, so the candles cannot be kept. ${safe}`],
  [/^SQLITE_BUSY|^SQLITE_LOCKED/, `Another program is busy with the kept candles. ${safe}`],
  [/^SQLITE_READONLY/, `The folder of the kept candles is read-only. ${safe}`],
  [/^SQLITE_CANTOPEN|^SQLITE_PERM/, `The kept candles cannot be opened; check their folder. ${safe}`],
  [/^SQLITE_IOERR/, `The disk cannot read or write the kept candles. Is it full, or gone? ${safe}`],
  [/^SQLITE_(CORRUPT|NOTADB)/, "The file of the kept candles is damaged. Move it away and fetch them again."],
]

/** The sentence for what the database refused; undefined for any other error. */
export function storeFailure(error: unknown): StoreFailure | undefined {
  if (error instanceof StoreFailure) return error
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code !== "string" || !code.startsWith("SQLITE_")) return undefined
  const sentence = failures.find(([pattern]) => pattern.test(code))?.[1]
  const other = `The kept candles cannot be written or read (${plainText(message)}). ${safe}`
  return new StoreFailure(sentence ?? other, { cause: error })
}

/** Damaged candles of one market; the others are unaffected. */
export function damagedCandles(series: string, what: string): StoreFailure {
  return new StoreFailure(
    `The kept candles of ${plainText(series)} are damaged: ${what} Remove them and fetch them again; other markets are whole.`,
  )
}
