import type { StrategyChange } from "#engine/strategy"

const keyOf = (id: string) => `candlewright.unsaved.${id}`

/** Puts changes aside in the moment a window closes, when the database would answer too late. None: forgets them. */
export function stashChanges(id: string, changes: readonly StrategyChange[]): void {
  try {
    if (changes.length === 0) localStorage.removeItem(keyOf(id))
    else localStorage.setItem(keyOf(id), JSON.stringify(changes))
  } catch {
    // A private window may refuse; the database has all but the last quarter of a second.
  }
}

/** What a closing window has put aside and nobody has written yet. */
export function stashedChanges(id: string): StrategyChange[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? "[]")
    return Array.isArray(stored) ? stored.filter(isChange) : []
  } catch {
    return []
  }
}

function isChange(value: unknown): value is StrategyChange {
  const { path } = Object(value) as Partial<StrategyChange>
  return Array.isArray(path) && path.every((name) => typeof name === "string")
}
