import Editor from "@monaco-editor/react"
import type { CodeDiagnostic } from "#engine/strategy"
import { useEffect, useEffectEvent, useRef, useState } from "react"
import { Skeleton } from "../../ui/skeleton.tsx"
import { useStable } from "../../ui/use-stable.ts"
import { EDITOR_THEME } from "./editor-theme.ts"
import { monaco } from "./monaco.ts"
import type { SoughtText, TextEditorProps } from "./text-editor.tsx"
import { useHeldInPlace } from "./use-held-in-place.ts"

/** Text with completion, hover and marks where something is wrong. */
export function MonacoEditor(props: TextEditorProps) {
  const { label, language, text, marks, sought, onChange, onLeave, onRun, onFound } = props
  const [editor, setEditor] = useState<monaco.editor.IStandaloneCodeEditor>()
  const place = useRef<HTMLDivElement>(null)
  // Sliders above come and go with the code.
  useHeldInPlace(place)
  const leave = useStable(onLeave)
  useEffect(() => {
    const left = editor?.onDidBlurEditorText(leave)
    return () => left?.dispose()
  }, [editor, leave])
  const run = useStable(onRun)
  useEffect(() => {
    const action = editor?.addAction({
      id: "run",
      label: "Test it",
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter],
      run,
    })
    return () => action?.dispose()
  }, [editor, run])
  useEffect(() => {
    const model = editor?.getModel()
    if (model)
      monaco.editor.setModelMarkers(
        model,
        "strategy",
        marks.map((mark) => markerOf(model, mark)),
      )
  }, [editor, marks])
  const find = useEffectEvent((within: monaco.editor.IStandaloneCodeEditor, { character }: SoughtText) => {
    const place = character === undefined ? undefined : within.getModel()?.getPositionAt(character)
    if (place) within.setPosition(place)
    if (place) within.revealPositionInCenter(place)
    within.getContainerDomNode().scrollIntoView({ block: "nearest" })
    within.focus()
    onFound()
  })
  useEffect(() => {
    if (editor && sought) find(editor, sought)
  }, [editor, sought])
  return (
    <div>
      <div ref={place} className="held-in-place">
        <Editor
          height="min(70vh, 42rem)"
          path={language === "json" ? "strategy.json" : "strategy.ts"}
          language={language}
          theme={EDITOR_THEME}
          value={text}
          onChange={(next = "") => onChange(next)}
          onMount={(mounted) => setEditor(mounted as unknown as monaco.editor.IStandaloneCodeEditor)}
          loading={<Skeleton className="h-96 w-full" />}
          options={{ ...looks, ariaLabel: `${label}. ${keys}` }}
        />
      </div>
      <p className="pt-2 text-xs text-ink-soft">{keys}</p>
    </div>
  )
}

const isMac = /^Mac|^iP/.test(navigator.platform)
const keys = isMac
  ? "⌘ Enter tests it, ⌃ Space completes, ⌃ ⇧ M lets Tab leave the text."
  : "Ctrl Enter tests it, Ctrl Space completes, Ctrl M lets Tab leave the text."

const looks: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  bracketPairColorization: { enabled: false },
  fontFamily: "JetBrains Mono Variable, monospace",
  fontSize: 13,
  lineHeight: 20,
  minimap: { enabled: false },
  padding: { top: 12, bottom: 12 },
  scrollBeyondLastLine: false,
  // The page scrolls on where the text ends.
  scrollbar: { alwaysConsumeMouseWheel: false },
  tabSize: 2,
  wordWrap: "on",
  stickyScroll: { enabled: false },
  fixedOverflowWidgets: true,
  folding: false,
  glyphMargin: false,
  lineNumbersMinChars: 3,
}

function markerOf(model: monaco.editor.ITextModel, { message, isError, start, end }: CodeDiagnostic) {
  const from = model.getPositionAt(start)
  const to = model.getPositionAt(Math.max(end, start + 1))
  return {
    severity: isError ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    message,
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  }
}
