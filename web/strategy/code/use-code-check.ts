import { useEffect, useState } from "react"
import type { CodeDiagnostic } from "#engine/strategy"
import { checkInBrowser } from "../../run/code-compiler.ts"

/** The compiler looks at the code when nobody has typed for this long. */
const PAUSE_MS = 350

export type CodeCheck =
  | { state: "checking" | "checked"; marks: readonly CodeDiagnostic[] }
  | { state: "failed"; marks: readonly CodeDiagnostic[]; because: string; again: () => void }

type Answer = { source: string; marks: readonly CodeDiagnostic[]; because?: string }

const noMarks: readonly CodeDiagnostic[] = []

/** What the compiler says of a source, asked again after each pause; marks of before stay until the next are known. */
export function useCodeCheck(source: string): CodeCheck {
  const [answer, setAnswer] = useState<Answer>()
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isNewest = true
    const keep = (next: (before: Answer | undefined) => Answer) => isNewest && setAnswer(next)
    const timer = setTimeout(() => {
      checkInBrowser(source).then(
        (marks) => keep(() => ({ source, marks })),
        (error: Error) => keep((before) => ({ source, marks: before?.marks ?? noMarks, because: error.message })),
      )
    }, PAUSE_MS)
    return () => {
      isNewest = false
      clearTimeout(timer)
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another try asks for the same source
  }, [source, tries])
  const marks = answer?.marks ?? noMarks
  if (answer?.source !== source) return { state: "checking", marks }
  return answer.because === undefined
    ? { state: "checked", marks }
    : { state: "failed", marks, because: answer.because, again: () => setTries(tries + 1) }
}
