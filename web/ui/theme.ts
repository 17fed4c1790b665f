import { useSyncExternalStore } from "react"

export type Theme = "light" | "dark"
export type ThemeChoice = Theme | "system"
export type GainLossColours = "teal-rose" | "blue-orange"

const systemDark = matchMedia("(prefers-color-scheme: dark)")
const changed = new EventTarget()
let choice: ThemeChoice = "system"

/** Paints the page in the chosen theme and pair of gain and loss colours, from now on. */
export function applyTheme(theme: ThemeChoice, gainLoss: GainLossColours) {
  choice = theme
  document.documentElement.dataset.gainLoss = gainLoss
  paint()
}

/** A word that changes whenever the colours do: charts drawn on canvas repaint on it. */
export function useThemeName(): string {
  return useSyncExternalStore(onThemeChange, themeName)
}

/** The value of a colour role, such as "ink-soft", in the present theme. */
export function colourOf(role: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${role}`).trim()
}

systemDark.addEventListener("change", paint)
// Paper is light: canvases are repainted for it.
addEventListener("beforeprint", () => show("light"))
addEventListener("afterprint", paint)

function paint() {
  show(choice === "system" ? (systemDark.matches ? "dark" : "light") : choice)
}

function show(theme: Theme) {
  document.documentElement.dataset.theme = theme
  changed.dispatchEvent(new Event("change"))
}

/** Calls `listener` whenever the colours change; what it gives ends that. */
export function onThemeChange(listener: () => void): () => void {
  changed.addEventListener("change", listener)
  return () => changed.removeEventListener("change", listener)
}

/** Names the present theme and pair of gain and loss colours. */
export function themeName(): string {
  const { theme, gainLoss } = document.documentElement.dataset
  return `${theme} ${gainLoss}`
}
