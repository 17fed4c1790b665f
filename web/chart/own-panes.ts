import type { ChartLine } from "../run/chart-lines.ts"

/** What a person said of panes by name, the newest last. */
export type PaneChoices = readonly (readonly [group: string, isShown: boolean])[]

/** Shown before anybody has chosen: more would leave little room for the price. */
const USUALLY_SHOWN = 2
/** With more the prices could not be read. */
export const MOST_OWN_PANES = 4
/** Of other strategies as well; the oldest are forgotten. */
const MOST_CHOICES = 60

/** The groups of a strategy's series that have a pane of their own below the price, in order. */
export function ownGroups(lines: readonly ChartLine[]): string[] {
  return [...new Set(lines.filter(({ pane }) => pane === "own").map(({ group }) => group))]
}

/** Those that are drawn: the first ones, and what the person chose. */
export function shownPanes(groups: readonly string[], choices: PaneChoices): string[] {
  const said = new Map(choices)
  return groups.filter((group, at) => said.get(group) ?? at < USUALLY_SHOWN).slice(0, MOST_OWN_PANES)
}

/** The choices with one pane shown or hidden; unchanged where there is no room for one more. */
export function withPaneTurned(groups: readonly string[], choices: PaneChoices, group: string): PaneChoices {
  const shown = shownPanes(groups, choices)
  const isShown = shown.includes(group)
  if (!isShown && shown.length >= MOST_OWN_PANES) return choices
  return [...choices.filter(([name]) => name !== group), [group, !isShown] as const].slice(-MOST_CHOICES)
}

/** The choices in a text, as they were kept; none where it is no such text. */
export function paneChoicesFrom(text: string): PaneChoices {
  try {
    const kept: unknown = JSON.parse(text)
    return Array.isArray(kept) ? kept.filter(isChoice).slice(-MOST_CHOICES) : []
  } catch {
    return []
  }
}

function isChoice(value: unknown): value is PaneChoices[number] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && typeof value[1] === "boolean"
}
