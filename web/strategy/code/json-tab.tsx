import { strategyFromJson, type WrittenStrategy } from "#engine/strategy"
import { useMemo, useState } from "react"
import type { SoughtPlace } from "../sought-place.ts"
import { CodeProblems } from "./code-problems.tsx"
import type { CodeTabProps } from "./code-tab.tsx"
import { markOf } from "./json-mark.ts"
import { type SoughtText, TextEditor } from "./text-editor.tsx"
import { useTypedText } from "./use-typed-text.ts"

/** The whole document as JSON. What cannot be read yet changes nothing. */
export function JsonTab({ document, sought, onChange, onRun, onSeek }: CodeTabProps) {
  const kept = jsonOf(document)
  const { text, change, keepNow } = useTypedText(kept, (typed) => {
    if (!strategyFromJson(typed).ok) return undefined
    const next = JSON.parse(typed) as WrittenStrategy
    if (jsonOf(next) !== kept) onChange(next, "Changed the JSON")
    return jsonOf(next)
  })
  const marks = useMemo(() => {
    const read = strategyFromJson(text)
    return read.ok ? [] : read.problems.map((problem) => markOf(text, problem))
  }, [text])
  const seekText = useSeekText(sought, text)
  return (
    <div className="flex flex-col gap-3">
      <TextEditor
        label="JSON"
        language="json"
        text={text}
        marks={marks}
        onChange={change}
        onLeave={keepNow}
        onRun={() => {
          keepNow()
          onRun()
        }}
        sought={seekText}
        onFound={() => onSeek(undefined)}
      />
      <CodeProblems check={{ state: "checked", marks }} />
    </div>
  )
}

/** Where a place stood in the text when it was sought; typing on does not seek it again. */
function useSeekText(sought: SoughtPlace | undefined, text: string): SoughtText | undefined {
  const [found, setFound] = useState<{ sought: SoughtPlace; at: SoughtText }>()
  if (sought && found?.sought !== sought)
    setFound({ sought, at: { character: markOf(text, { path: sought.path, because: "" }).start } })
  return sought && found?.at
}

function jsonOf(document: WrittenStrategy): string {
  return JSON.stringify(document, null, 2)
}
