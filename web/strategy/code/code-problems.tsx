import { Check } from "lucide-react"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import type { CodeCheck } from "./use-code-check.ts"

/** More than these help nobody at once. */
const SHOWN = 8

/** What is wrong with the text, line by line, below it: readable without a pointer. */
export function CodeProblems({ check }: { check: CodeCheck }) {
  if (check.state === "failed")
    return (
      <Notice kind="warn" action={<Button onClick={check.again}>Try again</Button>}>
        The compiler could not be started, so nothing is marked. Your code is safe. ({check.because})
      </Notice>
    )
  const errors = check.marks.filter(({ isError }) => isError)
  if (errors.length === 0)
    return (
      <p role="status" className="flex h-6 items-center gap-2 text-sm text-ink-soft">
        {check.state === "checking" ? (
          "Reading …"
        ) : (
          <>
            <Check aria-hidden className="size-4 text-gain" /> Can be run.
          </>
        )}
      </p>
    )
  return (
    <Notice kind="error">
      <ul className="flex flex-col gap-1 text-sm">
        {errors.slice(0, SHOWN).map(({ line, column, message }) => (
          <li key={`${line} ${column} ${message}`}>
            <span className="font-medium tabular-nums">Line {line}:</span> {message}
          </li>
        ))}
        {errors.length > SHOWN && <li>and {errors.length - SHOWN} more.</li>}
      </ul>
      <p className="mt-1 text-sm text-ink-soft">The last result stays until this can be run.</p>
    </Notice>
  )
}
