/** What an object of ours remembers, as plain data: its own fields, those of its parts included. */
export type Memory = { [field: string]: unknown }

/**
 * Fields that are not part of a memory: given anew at each start, or only a cache of what the seed decides. All other
 * fields are kept without being named, so a new one cannot be forgotten.
 */
const notKept = new Set([
  "source",
  "options",
  "listeners",
  "shares",
  "path",
  "pathMinuteMs",
  "closedHours",
  "cachedHours",
  "cachedDays",
  "trades",
])
const plainShapes = new Set<unknown>([Object, Array, Map, Set, Float64Array, undefined])

/** The memory of an object, except some fields. What it shares with other objects is shared in their memories too. */
export function memoryOf(thing: object, except: readonly string[] = []): Memory {
  return Object.fromEntries(
    Object.entries(thing)
      .filter(([field]) => !notKept.has(field) && !except.includes(field))
      .map(([field, value]) => [field, isOurs(value) ? memoryOf(value) : value]),
  )
}

/** Gives a fresh object the memory of another one of its kind. */
export function recall(thing: object, memory: Memory): void {
  const fields = thing as Memory
  for (const [field, value] of Object.entries(memory)) {
    if (notKept.has(field)) continue
    if (isOurs(fields[field])) recall(fields[field], value as Memory)
    else fields[field] = value
  }
}

/** Whether a value is an object of one of our classes. */
function isOurs(value: unknown): value is object {
  return typeof value === "object" && value !== null && !plainShapes.has(Object.getPrototypeOf(value)?.constructor)
}
