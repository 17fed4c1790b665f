import { type DocumentPath, problemInWords } from "#engine/strategy"
import { ProblemWays } from "../problem-ways.tsx"
import type { Edit } from "./edit.ts"
import { problemAt } from "./problem-of.ts"

/** What is wrong at a place, where no field says it, and the ways out beside it. */
export function ProblemHere({ edit, path }: { edit: Edit; path: DocumentPath }) {
  const { document, problems, change, seek } = edit
  const problem = problemAt(problems, path)
  if (!problem) return null
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm wrap-anywhere text-loss">{problemInWords(document, problem)}</p>
      <ProblemWays
        document={document}
        problem={problem}
        onTake={(way) => {
          change(way.document, way.label)
          seek(problem.path)
        }}
      />
    </div>
  )
}
