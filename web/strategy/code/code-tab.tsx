import { paramMarks, withCode, withoutForgottenParams, type WrittenStrategy } from "#engine/strategy"
import { useEffect, useMemo } from "react"
import { useStable } from "../../ui/use-stable.ts"
import type { SoughtPlace } from "../sought-place.ts"
import { CodeProblems } from "./code-problems.tsx"
import { ConvertRules } from "./convert-rules.tsx"
import { TextEditor } from "./text-editor.tsx"
import { useCodeCheck } from "./use-code-check.ts"
import { useTypedText } from "./use-typed-text.ts"

export type CodeTabProps = {
  document: WrittenStrategy
  /** The document as the person now wants it, and what they did in a few words. */
  onChange: (document: WrittenStrategy, words: string) => void
  /** Ctrl-Enter. */
  onRun: () => void
  /** The place somebody is led to; undefined once it is found. */
  sought: SoughtPlace | undefined
  onSeek: (path: string | undefined) => void
}

/** A strategy's code, marked where the compiler finds a mistake; for rules, the way to code. */
export function CodeTab(props: CodeTabProps) {
  return props.document.code ? <Code {...props} source={props.document.code.source} /> : <ConvertRules {...props} />
}

function Code({ document, source, sought, onChange, onRun, onSeek }: CodeTabProps & { source: string }) {
  const { text, change, keepNow } = useTypedText(source, (typed) => {
    const next = withCode(document, typed)
    const isOther = document.description !== undefined && next.description === undefined
    onChange(next, isOther ? "Wrote other code, without the old description" : "Changed the code")
    return typed
  })
  const compiled = useCodeCheck(text)
  const check = useMemo(
    () => ({ ...compiled, marks: [...compiled.marks, ...paramMarks(withCode(document, text))] }),
    [compiled, document, text],
  )
  const seekText = useMemo(() => sought && {}, [sought])
  const isSound = check.state === "checked" && check.marks.length === 0 && text === source
  const tidy = useStable(() => {
    const next = withoutForgottenParams(document)
    if (next !== document) onChange(next, "Took out sliders that nothing uses")
  })
  // While code is half typed, a slider may be missing from it for a moment only.
  useEffect(() => {
    if (isSound) tidy()
  }, [isSound, tidy])
  return (
    <div className="flex flex-col gap-3">
      <TextEditor
        label="Code"
        language="typescript"
        text={text}
        marks={check.marks}
        onChange={change}
        onLeave={keepNow}
        onRun={() => {
          keepNow()
          onRun()
        }}
        sought={seekText}
        onFound={() => onSeek(undefined)}
      />
      <CodeProblems check={check} />
    </div>
  )
}
