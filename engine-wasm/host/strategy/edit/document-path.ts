import type { WrittenStrategy } from "../document/strategy-document.ts"

/** A place in a document, such as `["protect", "takeProfit", 0, "percent"]`. */
export type DocumentPath = readonly (string | number)[]

/** What a document says at a place; undefined where it says nothing. */
export function valueAt(document: WrittenStrategy, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (part, step) =>
      typeof part === "object" && part !== null && Object.hasOwn(part, step)
        ? (part as Record<string | number, unknown>)[step]
        : undefined,
    document,
  )
}

/** The text at a place of a document; an empty one where there is none. */
export function textAt(document: WrittenStrategy, path: DocumentPath): string {
  const value = valueAt(document, path)
  return typeof value === "string" || typeof value === "number" ? String(value) : ""
}

/** The document with another value at a place, all else being the same objects; `undefined` leaves the place out. */
export function withValueAt(document: WrittenStrategy, path: DocumentPath, value: unknown): WrittenStrategy {
  return changed(document, path, value) as WrittenStrategy
}

function changed(part: unknown, [step, ...rest]: DocumentPath, value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(part)) return changedList(part, [step as number, ...rest], value)
  const { [step]: inner, ...others } = (part ?? {}) as Record<string, unknown>
  const next = changed(inner, rest, value)
  if (next === undefined) return others
  // In its old place: the order of keys is the order a person sees.
  return step in ((part ?? {}) as object) ? { ...(part as object), [step]: next } : { ...others, [step]: next }
}

function changedList(list: unknown[], [at, ...rest]: [number, ...(string | number)[]], value: unknown): unknown[] {
  const next = changed(list[at], rest, value)
  return next === undefined ? list.toSpliced(at, 1) : list.toSpliced(at, 1, next)
}
