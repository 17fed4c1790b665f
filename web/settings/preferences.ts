import { useSyncExternalStore } from "react"
import type { TimeZone } from "../ui/date-format.ts"
import { applyTheme, type GainLossColours, type ThemeChoice } from "../ui/theme.ts"

/** How this person likes the app to look and to tell the time. */
export type Preferences = { theme: ThemeChoice; gainLoss: GainLossColours; timeZone: TimeZone; mode: Mode }

/** How much is shown at once: what everybody needs, or every column there is. The numbers are the same. */
export type Mode = "simple" | "pro"

const KEY = "candlewright.preferences"
const defaults: Preferences = { theme: "system", gainLoss: "teal-rose", timeZone: "local", mode: "simple" }
const listeners = new Set<() => void>()

// Kept in localStorage, not in the database: the first paint needs the theme, and IndexedDB answers after it.
let current: Preferences = preferencesFromText(storedText())

/** The preferences now, and again after each change. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current)
}

/** Changes some preferences, shows the change at once and keeps it where the browser allows. */
export function setPreferences(change: Partial<Preferences>) {
  current = { ...current, ...change }
  applyPreferences()
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // A private window may refuse: the choice then lasts as long as the tab.
  }
  for (const listener of listeners) listener()
}

/** Paints the page as preferred; called once before the first render. */
export function applyPreferences() {
  applyTheme(current.theme, current.gainLoss)
}

/** Reads what an earlier visit stored; anything that is not ours counts as the default. */
export function preferencesFromText(text: string | null): Preferences {
  const stored = fieldsOf(text)
  return {
    theme: oneOf(stored.theme, ["system", "light", "dark"], defaults.theme),
    gainLoss: oneOf(stored.gainLoss, ["teal-rose", "blue-orange"], defaults.gainLoss),
    timeZone: oneOf(stored.timeZone, ["local", "utc"], defaults.timeZone),
    mode: oneOf(stored.mode, ["simple", "pro"], defaults.mode),
  }
}

function fieldsOf(text: string | null): Record<string, unknown> {
  try {
    return Object(JSON.parse(text ?? "{}"))
  } catch {
    return {}
  }
}

function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[], otherwise: Choice): Choice {
  return choices.includes(value as Choice) ? (value as Choice) : otherwise
}

function storedText(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
