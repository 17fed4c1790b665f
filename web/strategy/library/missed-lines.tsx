import { Link } from "@tanstack/react-router"
import { useMemo } from "react"
import type { KeptStrategy } from "../../db/kept-strategy.ts"
import { missedLines } from "./translator.ts"

/** A strategy that was moved over: how many lines of its script are not in its rules, and the way to them. */
export function MissedLines({ id, script }: Pick<KeptStrategy, "id"> & { script: string }) {
  const missed = useMemo(() => missedLines(script), [script])
  if (missed === 0) return null
  return (
    <Link
      to="/library/$strategyId"
      params={{ strategyId: id }}
      className="text-sm text-warn underline underline-offset-4"
    >
      {missed === 1 ? "One line of its script is" : `${missed} lines of its script are`} not in these rules
    </Link>
  )
}
