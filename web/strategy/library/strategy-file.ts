import { formatBytes, quoted } from "#engine/candles"
import { RUN_FORMAT } from "#engine/result"
import { scriptLanguage, strategyFromJson, type WrittenStrategy } from "#engine/strategy"
import { type KeptStrategy, MOST_STRATEGIES } from "../../db/kept-strategy.ts"
import type { VersionOfFile } from "../../db/strategy-version.ts"
import { type Past, pastOf } from "./past-of-file.ts"
import { runOfFile, type TestedAs } from "./run-of-file.ts"
import { sharedFrom } from "./share-link.ts"

/** A strategy that came in by a file, a paste or a link; `script` is the foreign script it was translated from. */
export type ReadStrategy = {
  document: WrittenStrategy
  tags: string[]
  script?: string
  /** From a library's file: the versions before. */
  past?: Past
  /** From a run's file: how it was tested. */
  tested?: TestedAs
}
/** `refusedScript`: a foreign script that makes no strategy here, to show which of its lines were not understood. */
export type ReadFile = { strategies: ReadStrategy[]; refused: string[]; refusedScript?: string }

const LIBRARY_FORMAT = "candlewright.library/1"
export const MOST_FILE_BYTES = 32_000_000
const MOST_IN_A_FILE = MOST_STRATEGIES
const MOST_REFUSALS = 20

/** One strategy as a file, as `candlewright backtest --strategy` reads it. */
export function strategyFileText(document: WrittenStrategy): string {
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/** The whole library as one file; `past`: the versions of each strategy, the oldest first. */
export function libraryFileText(strategies: readonly (KeptStrategy & { past: VersionOfFile[] })[]): string {
  const kept = strategies.map(({ draft, tags, script, version, past }) => ({
    document: draft,
    tags,
    script,
    version,
    versions: past,
  }))
  return `${JSON.stringify({ format: LIBRARY_FORMAT, strategies: kept }, undefined, 2)}\n`
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
  const { format, strategies } = Object(value) as { format?: unknown; strategies?: unknown }
  if (format === LIBRARY_FORMAT && Array.isArray(strategies)) return ofLibrary(strategies)
  if (format === RUN_FORMAT) return ofRun(value)
  if (typeof format === "string" && !knownFormats.has(format)) return none(otherFormat(format))
  // Read from the text where that is no JSON: the refusal then names the line.
  return ofDocument(value === undefined ? trimmed : value, [])
}

const knownFormats = new Set(["candlewright.strategy/1", LIBRARY_FORMAT])

async function ofLink(fragment: string): Promise<ReadFile> {
  const shared = await sharedFrom(fragment)
  return shared.ok ? { strategies: [{ document: shared.document, tags: [] }], refused: [] } : none(shared.because)
}

function ofRun(value: unknown): ReadFile {
  const run = runOfFile(value)
  if (!run) return none("It is a run without its strategy.")
  const { strategies, refused } = ofDocument(run.document, [])
  return { strategies: strategies.map((one) => ({ ...one, tested: run.tested })), refused }
}

function ofLibrary(entries: unknown[]): ReadFile {
  const read = entries.slice(0, MOST_IN_A_FILE).map((entry) => {
    const { document, tags, script, ...rest } = Object(entry) as Record<string, unknown>
    const read = ofDocument(document, Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [])
    const past = pastOf(rest)
    const more = { ...(typeof script === "string" ? { script } : {}), ...(past ? { past } : {}) }
    return { ...read, strategies: read.strategies.map((one) => ({ ...one, ...more })) }
  })
  const more = entries.length - MOST_IN_A_FILE
  return {
    strategies: read.flatMap(({ strategies }) => strategies),
    refused: [
      ...read.flatMap(({ refused }) => refused).slice(0, MOST_REFUSALS),
      ...(more > 0 ? [`Only the first ${MOST_IN_A_FILE} strategies of a file are taken; ${more} were left out.`] : []),
    ],
  }
}

function ofDocument(input: unknown, tags: string[]): ReadFile {
  const checked = strategyFromJson(input)
  if (checked.ok) return { strategies: [{ document: checked.strategy, tags }], refused: [] }
  const { name } = Object(input) as { name?: unknown }
  const [{ path, because, line }] = checked.problems
  const place = [line !== undefined && `line ${line}`, path].filter(Boolean).join(", ")
  const more = checked.problems.length - 1
  const who = typeof name === "string" ? `${quoted(name)} is refused` : "It is refused"
  return none(`${who}: ${place ? `${place}: ` : ""}${because}${more > 0 ? `, and ${more} more` : ""}.`)
}

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

function none(because: string): ReadFile {
  return { strategies: [], refused: [because] }
}
