import type { CodeExports } from "./code-instance.ts"
import { loopsInWords } from "../../strategy/code/code-loops.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"

/** What is known of a module's code: its source, and the message it stopped with. */
export type HeardOfCode = { source?: string; message?: string }

/** A strategy in code had to stop; the message is a sentence for its author. */
export class CodeStopped extends Error {
  override name = "CodeStopped"

  /** The answer, or the stop as a refusal. Other errors pass through. */
  static orElse<Answer extends { ok: true }>(run: () => Answer): Answer | { ok: false; problems: StrategyProblem[] } {
    try {
      return run()
    } catch (stopped) {
      return CodeStopped.asProblems(stopped)
    }
  }

  /** A stop as a refusal; rethrows other errors. */
  static asProblems(stopped: unknown): { ok: false; problems: StrategyProblem[] } {
    if (!(stopped instanceof CodeStopped)) throw stopped
    return { ok: false, problems: [{ path: "code.source", because: stopped.message }] }
  }

  /** Runs part of the user's code; whatever stops it becomes a `CodeStopped`. */
  static explain<Answer>(exports: CodeExports, heard: HeardOfCode, run: () => Answer): Answer {
    try {
      return run()
    } catch (cause) {
      throw new CodeStopped(reasonOf(exports, heard, cause), { cause })
    }
  }
}

function reasonOf(exports: CodeExports, { source, message }: HeardOfCode, cause: unknown): string {
  const isLate = isOutOfFuel(exports)
  exports.fuel.value = ENOUGH_TO_ASK
  const when = momentOf(exports)
  if (message !== undefined)
    return `Your code stopped ${when}: ${message.replace(/\.$/, "") || "its error says nothing"}.`
  if (isLate)
    return `Your code ran too long ${when}. Look for a loop that never ends, or do less work per candle. ${loopsInWords(source ?? "")}`
  if (!(cause instanceof WebAssembly.RuntimeError))
    return `Your code called itself too deeply ${when}. Look for a function that calls itself without an end.`
  if (/unreachable/.test(cause.message))
    return `Your code wanted more than its 8 MB of memory ${when}. Keep less, for example only the last few hundred values.`
  return `Your code stopped ${when}: ${cause.message}.`
}

/** We ask a stopped module for its place, and the meter counts that too. */
const ENOUGH_TO_ASK = 1_000_000n

function isOutOfFuel({ fuel }: CodeExports): boolean {
  return fuel.value < 0n
}

function momentOf(exports: CodeExports): string {
  const timeMs = exports.candleAtWork()
  return Number.isNaN(timeMs)
    ? "before the first candle"
    : `on the candle of ${new Date(timeMs).toISOString().slice(0, 16).replace("T", " ")} UTC`
}
