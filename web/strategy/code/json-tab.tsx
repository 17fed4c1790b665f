import { strategyFromJson, type WrittenStrategy } from "#engine/strategy"
import { useEffect, useEffectEvent, useMemo, useState } from "react"
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
  const placeOf = useEffectEvent(({ path }: SoughtPlace) => ({ character: markOf(text, { path, because: "" }).start }))
  const [seekText, setSeekText] = useState<SoughtText>()
  useEffect(() => setSeekText(sought && placeOf(sought)), [sought])
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

function jsonOf(document: WrittenStrategy): string {
  return JSON.stringify(document, null, 2)
}
