import type { StrategyChange } from "#engine/strategy"
import { STASH } from "./stash-name.ts"

/** What one window has put aside of one strategy. */
export type Stash = { key: string; strategyId: string; windowId: string }

/** This window, among those of this browser. It makes no secret: a random number is enough. */
const thisWindow = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`

let isHeld = false

/** From here on other windows know that this one lives, and leave to it what it puts aside. */
export function holdWindow(): void {
  if (isHeld) return
  isHeld = true
  void globalThis.navigator.locks?.request(lockOf(thisWindow), () => new Promise(() => {}))
}

/** Does something as soon as a window is gone; at once where the browser cannot tell. */
export async function afterWindow(windowId: string, act: () => Promise<void>): Promise<void> {
  if (globalThis.navigator.locks) await navigator.locks.request(lockOf(windowId), act)
  else await act()
}

/** Puts changes aside in the moment a window closes, when the database would answer too late. None: forgets them. */
export function stashChanges(strategyId: string, changes: readonly StrategyChange[]): void {
  const key = `${STASH}${strategyId}.${thisWindow}`
  try {
    if (changes.length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(changes))
  } catch {
    // A private window may refuse; the database has all but the last quarter of a second.
  }
}

/** Whether this window has something of a strategy put aside. */
export function hasStashed(strategyId: string): boolean {
  return stashesOfAll().some((stash) => stash.strategyId === strategyId && stash.windowId === thisWindow)
}

/** What other windows have put aside and not written themselves yet. */
export function stashesOfOthers(): Stash[] {
  return stashesOfAll().filter(({ windowId }) => windowId !== thisWindow)
}

/** The changes put aside; none where another window was faster. */
export function stashedChanges({ key }: Stash): StrategyChange[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "[]")
    return Array.isArray(stored) ? stored.filter(isChange) : []
  } catch {
    return []
  }
}

/** Forgets what is in the database by now. */
export function forgetStash({ key }: Stash): void {
  localStorage.removeItem(key)
}

function stashesOfAll(): Stash[] {
  try {
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(STASH) ? [stashOf(key)] : []))
  } catch {
    return []
  }
}

function stashOf(key: string): Stash {
  const [strategyId, windowId = ""] = key.slice(STASH.length).split(".")
  return { key, strategyId, windowId }
}

function lockOf(windowId: string): string {
  return `window ${windowId}`
}

function isChange(value: unknown): value is StrategyChange {
  const { path } = Object(value) as Partial<StrategyChange>
  return Array.isArray(path) && path.every((name) => typeof name === "string")
}
