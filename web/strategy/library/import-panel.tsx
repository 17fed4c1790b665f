import { Link } from "@tanstack/react-router"
import { ClipboardPaste, FileUp } from "lucide-react"
import { lazy, Suspense, useEffect, useRef, useState } from "react"
import { formatNumber, quoted } from "#engine/candles"
import type { NotTaken } from "#engine/result"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { useDroppedFiles } from "../../ui/dropped-files.ts"
import { Notice } from "../../ui/notice.tsx"
import { TextArea } from "../../ui/text-area.tsx"
import { searchOf } from "./strategy-address.ts"
import { MOST_FILE_BYTES } from "./strategy-file.ts"
import {
  dismissOutcome,
  importStrategyFiles,
  importStrategyText,
  type ImportOutcome,
  type Taken,
  useImportOutcomes,
} from "./strategy-imports.ts"

const MovedScript = lazy(async () => ({ default: (await import("./moved-script.tsx")).MovedScript }))

/** The ways in: choose a file, paste a text, paste anywhere on the screen, drop a file on any screen. */
export function ImportButtons() {
  const input = useRef<HTMLInputElement>(null)
  const [isPasting, setPasting] = useState(false)
  usePasted()
  useDroppedFiles((files) => void importStrategyFiles(files))
  return (
    <div className="flex flex-wrap gap-2">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Strategy files"
        accept=".json,.pine,.py,.txt,application/json,text/plain"
        onChange={({ target }) => {
          void importStrategyFiles([...(target.files ?? [])])
          target.value = "" // the same file may be chosen again after a refusal
        }}
      />
      <Button icon={<FileUp aria-hidden className="size-4" />} onClick={() => input.current?.click()}>
        Import a file
      </Button>
      <Button icon={<ClipboardPaste aria-hidden className="size-4" />} onClick={() => setPasting(true)}>
        Paste
      </Button>
      {isPasting && <PasteDialog onClose={() => setPasting(false)} />}
    </div>
  )
}

/** A paste that goes nowhere else on the screen is a strategy to take in. */
function usePasted() {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const isField = event.target instanceof HTMLElement && event.target.closest("input, textarea, [contenteditable]")
      const { files = [] } = event.clipboardData ?? {}
      const text = event.clipboardData?.getData("text") ?? ""
      if (isField || (text === "" && files.length === 0)) return
      event.preventDefault()
      void (files.length > 0 ? importStrategyFiles([...files]) : importStrategyText(text, "a paste"))
    }
    addEventListener("paste", onPaste)
    return () => removeEventListener("paste", onPaste)
  }, [])
}

function PasteDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("")
  const take = () => {
    void importStrategyText(text, "a paste")
    onClose()
  }
  return (
    <Dialog
      title="Paste a strategy"
      description="A TradingView script (Pine), a freqtrade strategy class, the JSON of a strategy or a run, or a link that somebody shared. Nothing is sent anywhere."
      open
      onOpenChange={onClose}
    >
      <form className="flex flex-col gap-4" onSubmit={(event) => (event.preventDefault(), take())}>
        <TextArea
          label="Text or link"
          rows={8}
          value={text}
          maxLength={MOST_FILE_BYTES}
          spellCheck={false}
          className="font-mono"
          onChange={setText}
        />
        <Button type="submit" look="primary" disabled={text.trim() === ""} className="self-end">
          Take it in
        </Button>
      </form>
    </Dialog>
  )
}

/** What became of what was dropped, chosen or pasted lately. */
export function ImportOutcomes() {
  const outcomes = useImportOutcomes()
  return (
    <div className="flex flex-col gap-3 empty:hidden" aria-live="polite">
      {outcomes.map((outcome) => (
        <Notice
          key={outcome.key}
          kind={outcome.refused.length > 0 ? "warn" : "info"}
          action={<Button onClick={() => dismissOutcome(outcome.key)}>Fine</Button>}
        >
          <OutcomeWords outcome={outcome} />
        </Notice>
      ))}
    </div>
  )
}

/** More names than this are a number. */
const MOST_NAMED = 5
/** Those of which something is said are named longer. */
const MOST_NOTED = 20

function OutcomeWords({
  outcome: { source, taken, refused, refusedScript, runCount = 0 },
}: {
  outcome: ImportOutcome
}) {
  const [noted, others] = [taken.filter(({ notes }) => notes), taken.filter(({ notes }) => !notes)]
  const named = [...noted, ...others].slice(0, Math.max(MOST_NAMED, Math.min(noted.length, MOST_NOTED)))
  return (
    <div className="flex flex-col gap-1">
      {named.map((one) => (
        <TakenStrategy key={one.id} source={source} taken={one} />
      ))}
      {taken.length > named.length && <p>{`and ${taken.length - named.length} more`}</p>}
      {runCount > 0 && (
        <p>
          <Link to="/library/runs" className={linkClass}>
            {runCount === 1 ? "One run" : `${formatNumber(runCount)} runs`}
          </Link>{" "}
          came with their notes.
        </p>
      )}
      {refused.map((because) => (
        <p key={because}>{`Not taken from ${source}. ${because} What you have is as it was.`}</p>
      ))}
      {refusedScript !== undefined && (
        <Suspense>
          <MovedScript script={refusedScript} />
        </Suspense>
      )}
    </div>
  )
}

/** A strategy that was taken, and what of its script is not in it. */
function TakenStrategy({ source, taken }: { source: string; taken: Taken }) {
  return (
    <>
      <TakenLine source={source} taken={taken} />
      {taken.notTaken && <NotTakenLines notTaken={taken.notTaken} />}
    </>
  )
}

/** More lines than this are a number. */
const MOST_LINES = 100

function NotTakenLines({ notTaken: { notUnderstood, leftOut } }: { notTaken: NotTaken }) {
  const lines = [...notUnderstood, ...leftOut]
  if (lines.length === 0) return null
  return (
    <ul
      aria-label="Lines of the script that are not in it"
      tabIndex={0}
      className="flex max-h-60 flex-col gap-1 overflow-auto pl-4"
    >
      {lines.slice(0, MOST_LINES).map(({ line, text, why }, at) => (
        <li key={at} className="wrap-anywhere">
          {`Line ${line}: ${why}: `}
          <code className="font-mono">{text}</code>
        </li>
      ))}
      {lines.length > MOST_LINES && <li>{`and ${lines.length - MOST_LINES} more`}</li>}
    </ul>
  )
}

function TakenLine({
  source,
  taken: { id, name, isKnown, moved, notes = [], notTaken, run },
}: {
  source: string
  taken: Taken
}) {
  return (
    <p>
      {isKnown ? "You have this already: " : `From ${source}: `}
      <Link to="/backtest" search={searchOf({ id, settings: run?.settings })} className={linkClass}>
        <bdi>{name}</bdi>
      </Link>
      {notes.length > 0 && `. ${notes.join(" ")}`}
      {run && `. ${runWords(run)}`}
      {run?.id !== undefined && (
        <>
          {" "}
          <Link to="/library/run/$runId" params={{ runId: run.id }} className={linkClass}>
            See the run of the file
          </Link>
        </>
      )}
      {moved !== undefined && (
        <>
          {". "}
          {moved}{" "}
          {!notTaken && (
            <Link to="/library/$strategyId" params={{ strategyId: id }} className={linkClass}>
              See the script line by line
            </Link>
          )}
        </>
      )}
    </p>
  )
}

const linkClass = "font-medium underline underline-offset-4 hover:text-ink-strong"

function runWords({ lacks, doubts, id }: NonNullable<Taken["run"]>): string {
  const again =
    lacks.length === 0
      ? "Open it to run it again as it was run for the file."
      : `To run it again as it was, bring in the candles of ${lacks.map((market) => quoted(market, 40)).join(", ")} under Data.`
  return [
    id === undefined
      ? "The strategy and its settings are taken, the numbers of the file are not: this browser works out its own."
      : "The strategy, its settings and the run with the numbers of the file are kept.",
    ...doubts,
    again,
  ].join(" ")
}
