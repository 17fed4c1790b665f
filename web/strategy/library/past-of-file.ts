import { problemInWords, strategyFromJson, unfinishedStrategy } from "#engine/strategy"
import { MOST_VERSIONS, type VersionOfFile } from "../../db/strategy-version.ts"

const MOST_LINES = 100
const MOST_LETTERS = 1_000
/** The last moment a Date knows. */
const LAST_MS = 8.64e15

/** A strategy's versions, the oldest first, and the one it began from. */
export type Past = { versions: VersionOfFile[]; version: number }

/** The past as a library's file has it, and in words what of it cannot be read. */
export function pastOf({ version, versions = [] }: Record<string, unknown>): { past?: Past; note?: string } {
  if (!Array.isArray(versions)) return { note: "Its earlier versions cannot be read." }
  const read = inOrder(versions.slice(0, MOST_VERSIONS).map(versionOf))
  const lost = versions.length - read.length
  const note = lost > 0 ? { note: `${lost} of its ${versions.length} versions cannot be read and were left out.` } : {}
  const begun = read.find(({ number }) => number === version) ?? read.at(-1)
  return begun ? { past: { versions: read, version: begun.number }, ...note } : note
}

/** Each number once, the oldest first. */
function inOrder(versions: (VersionOfFile | undefined)[]): VersionOfFile[] {
  const read = versions.filter((one) => one !== undefined).toSorted((a, b) => a.number - b.number)
  return read.filter(({ number }, n) => n === 0 || number > read[n - 1].number)
}

function versionOf(value: unknown): VersionOfFile | undefined {
  const { number, parent, keptAtMs, document, words, how, fault } = Object(value) as Partial<Record<string, unknown>>
  const kept = keptDocument(document, fault)
  if (!kept || !isNumber(number) || !isMoment(keptAtMs) || !isText(how) || !areLines(words)) return undefined
  const from = isNumber(parent) && parent < number ? { parent } : {}
  return { number, ...from, keptAtMs, ...kept, words, how }
}

/** A document that does not check is kept as it was written, with its first mistake. */
function keptDocument(document: unknown, fault: unknown): Pick<VersionOfFile, "document" | "fault"> | undefined {
  const checked = strategyFromJson(document)
  if (checked.ok) return { document: checked.strategy, ...(isText(fault) ? { fault } : {}) }
  const unfinished = unfinishedStrategy(document)
  return unfinished && { document: unfinished, fault: problemInWords(unfinished, checked.problems[0]) }
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1
}

/** Whether a stranger's value is a moment, UTC ms. */
export function isMoment(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= LAST_MS
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MOST_LETTERS
}

function areLines(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= MOST_LINES && value.every(isText)
}
