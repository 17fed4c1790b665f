import { convertToCode, problemInWords, strategyFromJson } from "#engine/strategy"
import { useState } from "react"
import { Button } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { Notice } from "../../ui/notice.tsx"
import type { CodeTabProps } from "./code-tab.tsx"

/** A strategy of rules has no code yet: what conversion does, and its button. */
export function ConvertRules({ document, onChange }: CodeTabProps) {
  const [problems, setProblems] = useState<string[]>([])
  const convert = () => {
    const read = strategyFromJson(document)
    const answer = read.ok ? convertToCode(read.strategy) : read
    if (answer.ok) return onChange(answer.document, "Converted the rules to code")
    setProblems(answer.problems.map((problem) => problemInWords(document, problem)))
  }
  return (
    <div className="flex flex-col gap-4">
      <EmptyState
        title="This strategy is made of rules"
        action={<Button onClick={convert}>Convert rules to code</Button>}
      >
        As code it makes the same trades, and you can write what rules cannot say. Undo brings the rules back.
      </EmptyState>
      {problems.length > 0 && (
        <Notice kind="warn">
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}
