import { otherEngineNotes } from "#engine/strategy"
import type { RunReport } from "../run/run-report.ts"
import { Notice } from "../ui/notice.tsx"

/** What to know of models that another engine trained than the one that made this result. */
export function EngineNotes({ report: { job, hashes } }: { report: Pick<RunReport, "job" | "hashes"> }) {
  return otherEngineNotes(Object.values(job.strategy.models ?? {}), hashes.engine).map((words) => (
    <Notice key={words} kind="info">
      {words}
    </Notice>
  ))
}
