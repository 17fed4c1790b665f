import { MINUTE_MS, plainLines } from "#engine/candles"
import { withoutSecrets } from "./redaction.ts"

/** A bug that repeats must not fill the terminal, or the disk behind it. */
const MOST_A_MINUTE = 10
const MOST_LETTERS = 4_000

type ReportOptions = { steadyMs?: () => number; print?: (text: string) => void }

/** Prints our own bugs with their stack, without secrets, the first few of each minute, and counts the others. */
export function bugReporter({
  steadyMs = () => performance.now(),
  print = (text) => console.error(text),
}: ReportOptions = {}): (error: unknown) => void {
  let minute = -1
  let printed = 0
  let unprinted = 0
  return (error) => {
    const now = Math.floor(steadyMs() / MINUTE_MS)
    if (now !== minute) {
      if (unprinted > 0) print(`${unprinted} more mistakes in the minute before were not printed.`)
      minute = now
      printed = unprinted = 0
    }
    if (printed === MOST_A_MINUTE) return void unprinted++
    printed++
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    print(plainLines(`Candlewright made a mistake and goes on. ${withoutSecrets(words).slice(0, MOST_LETTERS)}`))
  }
}
