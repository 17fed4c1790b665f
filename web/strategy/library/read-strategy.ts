import { quoted } from "#engine/candles"
import type { NotTaken } from "#engine/result"
import { problemInWords, strategyFromJson, unfinishedStrategy, type WrittenStrategy } from "#engine/strategy"
import type { RunOfLibrary } from "../../db/saved-run.ts"
import type { Past } from "./past-of-file.ts"
import type { TestedAs } from "./run-of-file.ts"
import type { RunToKeep } from "./run-to-keep.ts"

/** A strategy that came in by a file, a paste or a link; `script` is the foreign script it was translated from. */
export type ReadStrategy = {
  document: WrittenStrategy
  tags: string[]
  script?: string
  /** From the answer of a translation: what of the script is not in it. */
  notTaken?: NotTaken
  /** From a library's file: the versions before. */
  past?: Past
  /** From a library's file: what did not come back as it was, in sentences. */
  notes?: string[]
  /** From a library's file: what was tested of it, and where it was tested last, as an address says it. */
  runs?: RunOfLibrary[]
  settings?: string
  /** From a run's file: how it was tested. */
  tested?: TestedAs
  /** From a run's file: its figures, unless they contradict themselves. */
  ran?: RunToKeep
  /** From a run's file: what does not fit in it, in sentences. */
  doubts?: string[]
}
/** `refusedScript`: a foreign script that makes no strategy here, to show which of its lines were not understood. */
export type ReadFile = {
  strategies: ReadStrategy[]
  refused: string[]
  refusedScript?: string
  /** From a library's file: runs of none of its strategies. */
  runs?: RunOfLibrary[]
}

/** A strategy document, or the first reason why it is none. */
export function readDocument(input: unknown, tags: string[]): ReadFile {
  const checked = strategyFromJson(input)
  if (checked.ok) return { strategies: [{ document: checked.strategy, tags }], refused: [] }
  const { name } = Object(input) as { name?: unknown }
  const more = checked.problems.length - 1
  const who = typeof name === "string" ? `${quoted(name)} is refused` : "It is refused"
  const because = problemInWords(input, checked.problems[0])
  return none(`${who}. ${because}${more > 0 ? ` And ${more} more.` : ""}`)
}

/** The same, where a strategy that somebody left half typed comes back as it was, with what is missing. */
export function readUnfinished(input: unknown, tags: string[]): ReadFile {
  const read = readDocument(input, tags)
  const unfinished = read.strategies.length === 0 ? unfinishedStrategy(input) : undefined
  if (!unfinished) return read
  const checked = strategyFromJson(unfinished)
  const note = checked.ok ? [] : [`It is not finished: ${problemInWords(unfinished, checked.problems[0])}`]
  return { strategies: [{ document: unfinished, tags, notes: note }], refused: [] }
}

/** Nothing was read, and why. */
export function none(because: string): ReadFile {
  return { strategies: [], refused: [because] }
}
