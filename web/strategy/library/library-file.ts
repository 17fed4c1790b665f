import { LIBRARY_FORMAT } from "#engine/result"
import { type KeptStrategy, MOST_STRATEGIES } from "../../db/kept-strategy.ts"
import type { RunOfLibrary, SavedRun } from "../../db/saved-run.ts"
import type { VersionOfFile } from "../../db/strategy-version.ts"
import { type Past, pastOf } from "./past-of-file.ts"
import { type ReadFile, type ReadStrategy, readUnfinished } from "./read-strategy.ts"
import { MOST_RUNS_IN_A_FILE, runForFile, runFromFile } from "./run-of-library.ts"

const MOST_IN_A_FILE = MOST_STRATEGIES
const MOST_REFUSALS = 20

/**
 * The whole library as one file; `past`: the versions of each strategy, the oldest first. `runs`: as `runsForFile` chose
 * them; those of no strategy of the library stand beside the strategies.
 */
export function libraryFileText(
  strategies: readonly (KeptStrategy & { past: VersionOfFile[] })[],
  runs: readonly SavedRun[] = [],
): string {
  const ids = new Set(strategies.map(({ id }) => id))
  const kept = strategies.map(({ id, draft, tags, script, version, past, settings }) => ({
    document: draft,
    tags,
    script,
    version,
    versions: past,
    settings,
    runs: runs.filter(({ strategyId }) => strategyId !== undefined && strategyId === id).map(runForFile),
  }))
  const others = runs.filter(({ strategyId }) => strategyId === undefined || !ids.has(strategyId)).map(runForFile)
  return `${JSON.stringify({ format: LIBRARY_FORMAT, strategies: kept, runs: others })}\n`
}

/** The strategies and runs of a library's file, and in words what of it is refused. */
export function readLibrary(entries: unknown[], others: unknown): ReadFile {
  const read = entries.slice(0, MOST_IN_A_FILE).map(ofEntry)
  const more = entries.length - MOST_IN_A_FILE
  const loose = runsOfFile(others)
  const damaged = read.reduce((sum, one) => sum + one.damagedRuns, loose.damaged)
  return {
    strategies: read.flatMap(({ strategies }) => strategies),
    refused: [
      ...read.flatMap(({ refused }) => refused).slice(0, MOST_REFUSALS),
      ...(more > 0 ? [`Only the first ${MOST_IN_A_FILE} strategies of a file are taken; ${more} were left out.`] : []),
      ...(damaged > 0 ? [`${damaged === 1 ? "One run" : `${damaged} runs`} in it cannot be read.`] : []),
    ],
    ...(loose.runs.length > 0 ? { runs: loose.runs } : {}),
  }
}

function ofEntry(entry: unknown): ReadFile & { damagedRuns: number } {
  const { document, tags, script, settings, runs, ...rest } = Object(entry) as Record<string, unknown>
  const { past, note } = pastOf(rest)
  const read = readDraft(document, Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [], past)
  const own = runsOfFile(runs)
  const more = {
    ...(typeof script === "string" ? { script } : {}),
    ...(typeof settings === "string" && settings.length <= MOST_SETTINGS_LETTERS ? { settings } : {}),
    ...(own.runs.length > 0 ? { runs: own.runs } : {}),
  }
  return {
    ...read,
    strategies: read.strategies.map((one) => noted({ ...one, ...more }, note)),
    damagedRuns: own.damaged,
  }
}

function noted(strategy: ReadStrategy, note: string | undefined): ReadStrategy {
  return note === undefined ? strategy : { ...strategy, notes: [...(strategy.notes ?? []), note] }
}

/** A draft as it was left, finished or not; where that cannot be held, its newest version that runs. */
function readDraft(document: unknown, tags: string[], past: Past | undefined): ReadFile {
  const read = readUnfinished(document, tags)
  const withPast = past ? { past } : {}
  if (read.refused.length === 0) return { ...read, strategies: read.strategies.map((one) => ({ ...one, ...withPast })) }
  const sound = past?.versions.findLast(({ fault }) => fault === undefined)
  if (!past || !sound) return read
  const { number } = sound
  const note = `Its draft was left out: ${read.refused[0]} It begins again at its version ${number}.`
  const begun = { document: sound.document, tags, past: { ...past, version: number }, notes: [note] }
  return { strategies: [begun], refused: [] }
}

const MOST_SETTINGS_LETTERS = 2_000

function runsOfFile(written: unknown): { runs: RunOfLibrary[]; damaged: number } {
  const all = Array.isArray(written) ? written.slice(0, MOST_RUNS_IN_A_FILE) : []
  const runs = all.map(runFromFile).filter((run) => run !== undefined)
  return { runs, damaged: all.length - runs.length }
}
