import { canonicalJson } from "../document/canonical.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import { mergedText } from "./merged-text.ts"

/**
 * One place where two documents differ. `path` leads there through names of fields; a list differs as a whole. A side
 * on which the place does not exist is undefined.
 */
export type StrategyChange = { path: string[]; before?: unknown; after?: unknown }

/** Everything that leads from one document to another, each place once. No changes: the documents are the same. */
export function changesBetween(from: WrittenStrategy, to: WrittenStrategy): StrategyChange[] {
  return changesIn(from, to, [])
}

/**
 * The document with these changes made. `conflicts` are those whose place is neither as before nor as after the change,
 * because somebody else has changed it meanwhile; they are made too.
 */
export type Changed = { strategy: WrittenStrategy; conflicts: StrategyChange[] }

/**
 * Makes changes, and tells which of them wrote over somebody else's. Lines of code that two people changed are put
 * together.
 */
export function withChanges(strategy: WrittenStrategy, changes: readonly StrategyChange[]): Changed {
  const made = changes.map((change) => ({ change, ...madeOn(valueAt(strategy, change.path), change) }))
  return {
    strategy: made.reduce<unknown>(
      (document, { change, value }) => withValue(document, change.path, value),
      strategy,
    ) as WrittenStrategy,
    conflicts: made.flatMap(({ change, isClean }) => (isClean ? [] : [change])),
  }
}

/** What a change makes of the value that is there now. */
function madeOn(now: unknown, { before, after }: StrategyChange): { value: unknown; isClean: boolean } {
  if (isSame(now, before) || isSame(now, after)) return { value: after, isClean: true }
  if (!isLines(before) || !isLines(after) || !isLines(now)) return { value: after, isClean: false }
  const { text, isClean } = mergedText(before, after, now)
  return { value: text, isClean }
}

function isLines(value: unknown): value is string {
  return typeof value === "string" && value.includes("\n")
}

type Fields = Record<string, unknown>

function changesIn(from: unknown, to: unknown, path: string[]): StrategyChange[] {
  if (isSame(from, to) && !isReordered(from, to, path)) return []
  if (!isFields(from) || !isFields(to) || !goesDeeper(from, to, path)) return [{ path, before: from, after: to }]
  const names = new Set([...Object.keys(from), ...Object.keys(to)])
  return [...names].flatMap((name) => changesIn(fieldOf(from, name), fieldOf(to, name), [...path, name]))
}

/** The parts in which a person's own names stand; their order is that of the sliders, and a series may use those before. */
function isOfNames([part, ...rest]: string[]): boolean {
  return rest.length === 0 && (part === "params" || part === "series")
}

function isReordered(from: unknown, to: unknown, path: string[]): boolean {
  return isOfNames(path) && Object.keys(Object(from)).join() !== Object.keys(Object(to)).join()
}

/** Whether two objects are compared field by field: those of one shape. Another kind of stop is another stop. */
function goesDeeper(from: Fields, to: Fields, path: string[]): boolean {
  if (path.length === 0) return true
  if (isOfNames(path)) return keepsOrder(Object.keys(from), Object.keys(to))
  const isOfOneKind = from.kind === to.kind && from.type === to.type
  return isOfOneKind && isSame(Object.keys(from).toSorted(), Object.keys(to).toSorted())
}

/** Whether taking names out and adding others at the end leads from one order to the other. */
function keepsOrder(from: string[], to: string[]): boolean {
  const kept = from.filter((name) => to.includes(name))
  const added = to.filter((name) => !from.includes(name))
  return [...kept, ...added].join() === to.join()
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function fieldOf(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b
  return canonicalJson(a) === canonicalJson(b)
}

function valueAt(document: unknown, path: string[]): unknown {
  return path.reduce((value, name) => (isFields(value) ? fieldOf(value, name) : undefined), document)
}

function withValue(document: unknown, [name, ...rest]: string[], value: unknown): unknown {
  if (name === undefined) return value
  const fields = isFields(document) ? document : {}
  const inner = withValue(fieldOf(fields, name), rest, value)
  if (inner !== undefined) return { ...fields, [name]: inner }
  const { [name]: _, ...others } = fields
  return others
}
