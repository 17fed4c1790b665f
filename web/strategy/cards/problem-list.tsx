import { problemInWords, waysOut } from "#engine/strategy"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import type { Edit } from "./edit.ts"

/** As many as anybody reads. */
const MOST_PROBLEMS = 5

/** What keeps the rules as they are written from being tested, each with its place and the ways out. */
export function ProblemList({ edit, hasResult }: { edit: Edit; hasResult: boolean }) {
  const { document, problems, change } = edit
  if (problems.length === 0) return null
  const more = problems.length - MOST_PROBLEMS
  return (
    <Notice kind="warn">
      <div data-testid="rule-problems" className="flex flex-col gap-2">
        <p>
          {hasResult
            ? "Not finished yet. The last good rules keep running; nothing is lost."
            : "Not finished yet. Your text is kept; the result comes as soon as it is whole."}
        </p>
        {problems.slice(0, MOST_PROBLEMS).map((problem) => (
          <div key={`${problem.path} ${problem.because}`} className="flex flex-col items-start gap-2">
            <p>{problemInWords(document, problem)}</p>
            <div className="flex flex-wrap gap-2 empty:hidden">
              {waysOut(document, problem).map((way) => (
                <Button key={way.label} onClick={() => change(way.document, way.label)}>
                  {way.label}
                </Button>
              ))}
            </div>
          </div>
        ))}
        {more > 0 && <p>And {more} more.</p>}
      </div>
    </Notice>
  )
}
