import { useEffect, useEffectEvent, useRef, useState } from "react"
import type { CodeDiagnostic } from "#engine/strategy"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { TextArea } from "../../ui/text-area.tsx"
import { useFetchedEditor } from "./use-fetched-editor.ts"

export type TextEditorProps = {
  label: string
  language: "typescript" | "json"
  text: string
  marks: readonly CodeDiagnostic[]
  onChange: (text: string) => void
  /** Something else has the focus now. */
  onLeave: () => void
  /** Ctrl-Enter, or ⌘-Enter. */
  onRun: () => void
  /** Takes the focus, at this character where it is known; another object for each time. */
  sought: SoughtText | undefined
  onFound: () => void
}

export type SoughtText = { character?: number }

/** Text in the editor; where that could not be fetched, plain text that can be read and changed as well. */
export function TextEditor(props: TextEditorProps) {
  const { editor, isMissing, fetchAgain } = useFetchedEditor()
  const [isTyping, setTyping] = useState(false)
  // The editor must not come between two letters of a word.
  if (editor && !isTyping) return <editor.MonacoEditor {...props} />
  if (!isMissing) return <Skeleton className="h-96 w-full" />
  return (
    <div className="flex flex-col gap-3">
      <Notice kind="warn" action={<Button onClick={fetchAgain}>Try again</Button>}>
        The editor is not in this browser yet and could not be fetched. Nothing is lost: below is your text, which you
        can read and change. The editor comes by itself when the network is back; if it does not, reload the page.
      </Notice>
      <PlainText {...props} onTyping={setTyping} />
    </div>
  )
}

type PlainTextProps = TextEditorProps & { onTyping: (isTyping: boolean) => void }

function PlainText({ label, text, sought, onChange, onLeave, onRun, onFound, onTyping }: PlainTextProps) {
  const box = useRef<HTMLDivElement>(null)
  const find = useEffectEvent(({ character }: SoughtText) => {
    const field = box.current!.querySelector("textarea")!
    field.focus()
    if (character !== undefined) field.setSelectionRange(character, character)
    onFound()
  })
  useEffect(() => {
    if (sought) find(sought)
  }, [sought])
  return (
    <div ref={box}>
      <TextArea
        label={label}
        className="min-h-[min(70vh,42rem)] font-mono"
        spellCheck={false}
        autoCapitalize="off"
        value={text}
        onChange={onChange}
        onFocus={() => onTyping(true)}
        onBlur={() => {
          onTyping(false)
          onLeave()
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          event.stopPropagation()
          onRun()
        }}
      />
    </div>
  )
}
