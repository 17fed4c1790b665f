import { runsOf } from "../../db/saved-run.ts"
import { useKept } from "../../db/use-kept.ts"
import { RunList } from "./run-list.tsx"

/** What was tested of one strategy of the library. */
export function RunsOfStrategy({ strategyId }: { strategyId: string }) {
  const runs = useKept(() => runsOf(strategyId), [strategyId])
  if (runs.state !== "ready" || runs.value.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">Runs</h2>
      <RunList runs={runs.value} />
    </section>
  )
}
