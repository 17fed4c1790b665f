import type { OptimisationOfJob } from "../../run/use-optimisation.ts"
import { Notice } from "../../ui/notice.tsx"

/** Why a search ended without an answer, and what to do next. */
export function SearchEnd({ run: { state, problems = [], because, notKept } }: { run: OptimisationOfJob }) {
  if (state === "refused")
    return (
      <Notice kind="warn">
        <p className="font-medium">This cannot be searched. Nothing was lost.</p>
        <ul className="list-disc pl-5">
          {problems.map(({ path, because: reason }) => (
            <li key={`${path} ${reason}`}>{sentence(reason)}</li>
          ))}
        </ul>
      </Notice>
    )
  if (state === "failed")
    return (
      <Notice kind="error">{`${sentence(because ?? "the search stopped")} Your strategy and candles are as they were; press “Find good values” to try again, with fewer values if memory was short.`}</Notice>
    )
  return notKept ? <Notice kind="warn">{`A reload would lose this search: ${notKept}`}</Notice> : null
}

function sentence(words: string): string {
  const begun = words.charAt(0).toUpperCase() + words.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}
