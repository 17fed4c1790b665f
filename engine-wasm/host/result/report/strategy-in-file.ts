import { plainText, quoted } from "../../candles/foreign-text.ts"
import { RUN_FORMAT } from "./run-json.ts"

export const LIBRARY_FORMAT = "candlewright.library/1"

/** A line of a foreign script that a translation did not take over, and why. */
export type LineNotTaken = { line: number; text: string; why: string }
/** What a translation says beside its document. */
export type NotTaken = { notUnderstood: LineNotTaken[]; leftOut: LineNotTaken[]; noStop?: string }

/**
 * Where a JSON value holds its strategy: it is one, or a run's file, the answer of a command such as `candlewright
 * translate --json`, a library. A document is a stranger's still, for `strategyFromJson` to read.
 */
export type StrategyInFile =
  | { kind: "document"; document: unknown }
  /** Without a document where an earlier Candlewright wrote the run. */
  | { kind: "run"; document?: unknown; setup: Record<string, unknown> }
  | { kind: "answer"; document: unknown; notTaken: NotTaken }
  | { kind: "library"; entries: unknown[]; runs: unknown }
  /** The answer of a command that was refused. */
  | { kind: "refusal"; because: string }

/** The one rule for files with a strategy, for the command line and for the app. */
export function strategyInFile(value: unknown): StrategyInFile {
  const parts = partsOf(value)
  const { format, document, error, strategies, runs } = parts
  if (format === LIBRARY_FORMAT && Array.isArray(strategies)) return { kind: "library", entries: strategies, runs }
  if (format === RUN_FORMAT || isOldRun(parts)) return ofRun(partsOf(parts.setup))
  if (format === undefined && typeof error === "string")
    return { kind: "refusal", because: `It is the answer of a command that was refused: ${quoted(error, 300)}.` }
  if (format === undefined && typeof document === "object" && document !== null)
    return { kind: "answer", document, notTaken: notTakenOf(parts) }
  return { kind: "document", document: value }
}

/** What a run of an earlier Candlewright has, which wrote no format. */
function isOldRun({ format, engine, trades, metrics }: Record<string, unknown>): boolean {
  return format === undefined && typeof engine === "string" && Array.isArray(trades) && typeof metrics === "object"
}

function ofRun(setup: Record<string, unknown>): StrategyInFile {
  return setup.document === undefined ? { kind: "run", setup } : { kind: "run", document: setup.document, setup }
}

const MOST_LINES = 10_000
const LONGEST_WORDS = 500

function notTakenOf({ notUnderstood, leftOut, noStop }: Record<string, unknown>): NotTaken {
  return {
    notUnderstood: linesOf(notUnderstood),
    leftOut: linesOf(leftOut),
    ...(typeof noStop === "string" ? { noStop: plainText(noStop, LONGEST_WORDS) } : {}),
  }
}

function linesOf(written: unknown): LineNotTaken[] {
  if (!Array.isArray(written)) return []
  return written.slice(0, MOST_LINES).flatMap((one) => {
    const { line, text = "", why } = partsOf(one)
    if (!Number.isSafeInteger(line) || typeof text !== "string" || typeof why !== "string") return []
    return [{ line: line as number, text: plainText(text, LONGEST_WORDS), why: plainText(why, LONGEST_WORDS) }]
  })
}

function partsOf(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>
}
