import { runNotes } from "#engine/strategy"
import type { RunReport } from "../run/run-report.ts"
import { Notice } from "../ui/notice.tsx"

type ModelNotesProps = { report: Pick<RunReport, "job" | "hashes" | "equity"> }

/** What to know of models that a run asked: another engine trained them, or they spoke later than it begins. */
export function ModelNotes({ report: { job, hashes, equity } }: ModelNotesProps) {
  const notes = runNotes(job.strategy, { engine: hashes.engine, fromMs: equity.openTimeMs[0] })
  return notes.map((words) => (
    <Notice key={words} kind="info">
      {words}
    </Notice>
  ))
}
