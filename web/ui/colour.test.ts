import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

const css = readFileSync(new URL("../style.css", import.meta.url), "utf8")
const light = variablesOf(":root {")
const themes = {
  light,
  dark: { ...light, ...variablesOf(':root[data-theme="dark"] {') },
  "light, blue and orange": { ...light, ...variablesOf(':root[data-gain-loss="blue-orange"] {') },
  "dark, blue and orange": {
    ...light,
    ...variablesOf(':root[data-theme="dark"] {'),
    ...variablesOf(':root[data-theme="dark"][data-gain-loss="blue-orange"] {'),
  },
}
const inks = [
  "ink-strong",
  "ink-normal",
  "ink-soft",
  "ink-faint",
  "accent",
  "gain",
  "loss",
  "warn",
  "info",
  "mode-demo",
  "mode-paper",
  "mode-testnet",
  "mode-live",
]

for (const [theme, colours] of Object.entries(themes)) {
  test(`every text colour reads at 4.5:1 or more on the three surfaces text stands on (${theme})`, () => {
    for (const ink of inks)
      for (const surface of ["surface-0", "surface-1", "surface-2"])
        expect(contrast(colours[ink], colours[surface]), `${ink} on ${surface}`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours["on-accent"], colours["accent-fill"])).toBeGreaterThanOrEqual(4.5)
  })

  test(`the edge of every control can be seen at 3:1 or more (${theme})`, () => {
    for (const surface of ["surface-0", "surface-1"])
      expect(contrast(colours["control-line"], colours[surface])).toBeGreaterThanOrEqual(3)
  })
}

test("words that can be read are never made faint by opacity; only what cannot be pressed is", () => {
  const web = new URL("../", import.meta.url)
  const screens = readdirSync(web, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx"))
  const dimmed = screens.flatMap((file) =>
    [
      ...readFileSync(new URL(file, web), "utf8").matchAll(
        /(?<!disabled:|stroke-ink-faint )opacity-(?!0\b|100\b)[\w[\].]+/g,
      ),
    ].map(([found]) => `${file}: ${found}`),
  )
  expect(dimmed).toEqual([])
})

function variablesOf(selector: string): Record<string, string> {
  const start = css.indexOf(selector)
  const block = css.slice(start, css.indexOf("}", start))
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]))
}

/** Contrast ratio by WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [bright, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (bright + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
