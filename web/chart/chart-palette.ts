import { colourOf, themeName } from "../ui/theme.ts"

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

/** The colours of a theme: a canvas cannot follow a CSS variable. */
export type ChartPalette = Record<ColourRole, string>

let known: { theme: string; palette: ChartPalette } | undefined

/** The palette of the present theme. Reading colours makes the browser compute all styles, so we cache them. */
export function chartPalette(): ChartPalette {
  const theme = themeName()
  if (known?.theme !== theme)
    known = { theme, palette: Object.fromEntries(roles.map((role) => [role, colourOf(role)])) as ChartPalette }
  return known.palette
}

/** A translucent colour: a `share` of 1 is opaque. */
export function faint(colour: string, share: number): string {
  return (
    colour +
    Math.round(share * 255)
      .toString(16)
      .padStart(2, "0")
  )
}
