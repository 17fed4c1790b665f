import { colourOf } from "../ui/theme.ts"

const roles = [
  "surface-0",
  "surface-1",
  "surface-3",
  "ink-strong",
  "ink-soft",
  "ink-faint",
  "line",
  "accent",
  "accent-fill",
  "on-accent",
  "gain",
  "loss",
  "warn",
  "info",
  "mode-testnet",
] as const

export type ColourRole = (typeof roles)[number]

/** The colours of the theme now shown, read once: a canvas cannot follow a CSS variable. */
export type ChartPalette = Record<ColourRole, string>

/** Reads the palette anew; call it when the theme changes. */
export function chartPalette(): ChartPalette {
  return Object.fromEntries(roles.map((role) => [role, colourOf(role)])) as ChartPalette
}

/** A colour that lets what lies under it through: `share` of 1 covers. */
export function faint(colour: string, share: number): string {
  return (
    colour +
    Math.round(share * 255)
      .toString(16)
      .padStart(2, "0")
  )
}
