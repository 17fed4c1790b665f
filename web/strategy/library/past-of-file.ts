import { strategyFromJson } from "#engine/strategy"
import { MOST_VERSIONS, type VersionOfFile } from "../../db/strategy-version.ts"

const MOST_LINES = 100
const MOST_LETTERS = 1_000
/** The last moment a Date knows. */
const LAST_MS = 8.64e15

/** A strategy's versions, the oldest first, and the one it began from. */
export type Past = { versions: VersionOfFile[]; version: number }

/** The past as a library's file has it. Undefined where there is none, or where anything in it is no version. */
export function pastOf({ version, versions }: Record<string, unknown>): Past | undefined {
  if (!Array.isArray(versions) || versions.length > MOST_VERSIONS) return undefined
  const read = versions.map(versionOf).filter((one) => one !== undefined)
  const isInOrder = read.every(({ number }, n) => n === 0 || number > read[n - 1].number)
  const begun = read.find(({ number }) => number === version)
  return isInOrder && begun && read.length === versions.length ? { versions: read, version: begun.number } : undefined
}

function versionOf(value: unknown): VersionOfFile | undefined {
  const { number, parent, keptAtMs, document, words, how, fault } = Object(value) as Partial<Record<string, unknown>>
  const checked = strategyFromJson(document)
  if (!checked.ok || !isNumber(number) || !isMoment(keptAtMs) || !isText(how) || !areLines(words)) return undefined
  const from = isNumber(parent) && parent < number ? { parent } : {}
  return { number, ...from, keptAtMs, document: checked.strategy, words, how, ...(isText(fault) ? { fault } : {}) }
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
