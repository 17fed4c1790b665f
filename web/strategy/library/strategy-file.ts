import { formatBytes, quoted } from "#engine/candles"
import { LIBRARY_FORMAT, type StrategyInFile, strategyInFile } from "#engine/result"
import { scriptLanguage, type WrittenStrategy } from "#engine/strategy"
import { readLibrary } from "./library-file.ts"
import { none, readDocument, type ReadFile, readUnfinished } from "./read-strategy.ts"
import { runOfFile } from "./run-of-file.ts"
import { sharedFrom } from "./share-link.ts"

export const MOST_FILE_BYTES = 32_000_000

/** One strategy as a file, as `candlewright backtest --strategy` reads it. */
export function strategyFileText(document: WrittenStrategy): string {
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/**
 * The strategies in a text: one document, a library, a run, a share link, a script of TradingView or freqtrade; and in
 * words what of it is refused.
 */
export async function strategiesFrom(text: string): Promise<ReadFile> {
  const trimmed = text.replace(/^\uFEFF/, "").trim()
  if (trimmed === "") return none("There is nothing in it.")
  if (trimmed.length > MOST_FILE_BYTES)
    return none(`It is too large: ${formatBytes(trimmed.length)}, at most ${formatBytes(MOST_FILE_BYTES)}.`)
  if (scriptLanguage(trimmed)) return ofScript(text)
  const link = /^\S*\/share#(\S*)$/.exec(trimmed)
  if (link) return ofLink(link[1])
  if (!/^[{[]/.test(trimmed)) return none(notJson(trimmed))
  const value = valueOf(trimmed)
  const found = strategyInFile(value)
  if (found.kind === "library") return readLibrary(found.entries, found.runs)
  if (found.kind === "run") return ofRun(value, found, trimmed)
  if (found.kind === "answer") return ofAnswer(found)
  if (found.kind === "refusal") return none(found.because)
  const { format } = Object(value) as { format?: unknown }
  if (typeof format === "string" && !knownFormats.has(format)) return none(otherFormat(format))
  // Read from the text where that is no JSON: the refusal then names the line.
  return readUnfinished(value === undefined ? trimmed : value, [])
}

const knownFormats = new Set(["candlewright.strategy/1", LIBRARY_FORMAT])

async function ofLink(fragment: string): Promise<ReadFile> {
  const shared = await sharedFrom(fragment)
  return shared.ok ? { strategies: [{ document: shared.document, tags: [] }], refused: [] } : none(shared.because)
}

type Found<Kind> = Extract<StrategyInFile, { kind: Kind }>

/** What `candlewright translate --json` printed: what was left out there is said again here. */
function ofAnswer({ document, notTaken }: Found<"answer">): ReadFile {
  const { strategies, refused } = readDocument(document, [])
  return { strategies: strategies.map((one) => ({ ...one, notTaken })), refused }
}

/** Figures that contradict their fingerprints are not kept; the strategy is taken all the same. */
async function ofRun(value: unknown, { setup }: Found<"run">, text: string): Promise<ReadFile> {
  const run = runOfFile(setup)
  if (!run) return none("It is a run without its strategy.")
  const { strategies, refused } = readDocument(run.document, [])
  const { doubtsAboutRun } = await import("./run-of-file-doubts.ts")
  const { contradictions, others } = await doubtsAboutRun(value, await appEngine())
  const { runToKeep } = await import("./run-to-keep.ts")
  const ran = contradictions.length > 0 ? undefined : await runToKeep(text, run.document, run.tested.setup)
  const isSilent = ran === undefined && contradictions.length === 0
  const doubts = [...contradictions, ...(isSilent ? [FIGURES_NOT_WHOLE] : []), ...others]
  return {
    strategies: strategies.map((one) => ({ ...one, tested: run.tested, doubts, ...(ran ? { ran } : {}) })),
    refused,
  }
}

/** Its hash; without an engine nothing is said about engines. */
async function appEngine(): Promise<string | undefined> {
  try {
    const { fetchEngine } = await import("../../run/fetch-engine.ts")
    return (await fetchEngine()).sha256
  } catch {
    return undefined
  }
}

const FIGURES_NOT_WHOLE = "Its figures are not whole, or do not follow from each other."

function otherFormat(format: string): string {
  return /^candlewright\.(strategy|library|run)\//.test(format)
    ? `It was written by a newer Candlewright (${quoted(format)}). Reload this page to get the newest, and try again.`
    : `It is a file of another kind (${quoted(format)}), not a strategy of Candlewright.`
}

function notJson(text: string): string {
  return `It is no strategy of Candlewright, TradingView or freqtrade: it begins with ${quoted(text, 20)}.`
}

async function ofScript(script: string): Promise<ReadFile> {
  const { translateStrategy } = await import("./translator.ts")
  const translation = translateStrategy(script)
  if (!translation.ok) return { ...none(translation.because), refusedScript: script }
  return { strategies: [{ document: translation.document, tags: [], script }], refused: [] }
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
