import { useMemo } from "react"
import type { ChartLine } from "../run/chart-lines.ts"
import { useRemembered } from "../ui/use-remembered.ts"
import { useSame } from "../ui/use-same.ts"
import { useStable } from "../ui/use-stable.ts"
import { MOST_OWN_PANES, ownGroups, paneChoicesFrom, shownPanes, withPaneTurned } from "./own-panes.ts"

/** The panes of a strategy's own series, and which of them are drawn, as the person likes them. */
export type OwnPanes = {
  shown: readonly string[]
  /** Whether one has to be hidden before another can be shown. */
  isFull: boolean
  turn: (group: string) => void
}

/** Which panes of these lines are drawn. The choice is kept in this browser, by the panes' names. */
export function useOwnPanes(lines: readonly ChartLine[]): OwnPanes {
  const [text, remember] = useRemembered<string>("chart.own-panes", "[]")
  const groups = useSame(ownGroups(lines))
  const choices = useMemo(() => paneChoicesFrom(text), [text])
  const shown = useSame(shownPanes(groups, choices))
  const turn = useStable((group: string) => remember(JSON.stringify(withPaneTurned(groups, choices, group))))
  return useMemo(() => ({ shown, isFull: shown.length >= MOST_OWN_PANES, turn }), [shown, turn])
}
