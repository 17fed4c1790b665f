import { problemInWords, strategyFromJson } from "#engine/strategy"
import { Notice } from "../../ui/notice.tsx"
import { ProblemWays } from "../problem-ways.tsx"
import type { Edit } from "./edit.ts"

/** As many as anybody reads. */
const MOST_PROBLEMS = 5

/** What keeps the rules as they are written from being tested, each with its place and the ways out. */
export function ProblemList({ edit, hasResult }: { edit: Edit; hasResult: boolean }) {
  const { document, problems, change, seek } = edit
  if (problems.length === 0) return null
  const more = problems.length - MOST_PROBLEMS
  const what = strategyFromJson(document).ok ? "It cannot be tested here yet." : "Not finished yet."
  return (
    <Notice kind="warn">
      <div data-testid="rule-problems" className="flex flex-col gap-2">
        <p>
          {hasResult
            ? `${what} The last good rules keep running; nothing is lost.`
            : `${what} Your text is kept; the result comes as soon as it is whole.`}
        </p>
        {problems.slice(0, MOST_PROBLEMS).map((problem) => (
          <div key={`${problem.path} ${problem.because}`} className="flex flex-col items-start gap-2">
            <p>{problemInWords(document, problem)}</p>
            <ProblemWays
              document={document}
              problem={problem}
              onTake={(way) => {
                change(way.document, way.label)
                seek(problem.path)
              }}
            />
          </div>
        ))}
        {more > 0 && <p>And {more} more.</p>}
      </div>
    </Notice>
  )
}
