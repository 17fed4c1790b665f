import { plainText } from "#engine/candles"
import { diskFailure } from "../../../store/disk-failure.ts"
import { Refusal } from "../refusal.ts"
import { NotWritten } from "./record-file.ts"

/**
 * The answer to a command that the disk did not take: refused, since it was not carried out; unknown, where even the
 * half-written entry could not be taken back.
 */
export function diskRefusal(error: unknown, folder: string): Refusal {
  const cause = error instanceof NotWritten ? error.cause : error
  const why = diskFailure(cause, folder) ?? `${plainText((cause as Error).message, 200)}.`
  const cannot = `The practice exchange cannot keep this: ${why}`
  if (error instanceof NotWritten && !error.isUndone)
    return new Refusal(-1006, `${cannot} It may be carried out after the next start.`, 504)
  return new Refusal(-2010, `${cannot} It was not carried out.`)
}
