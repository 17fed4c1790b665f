import { useMemo, useState } from "react"
import { scriptLanguage, translateStrategy, translationWords, type Translation } from "#engine/strategy"
import { Button } from "../../ui/button.tsx"
import { classNames } from "../../ui/class-names.ts"
import { scriptRows, type ScriptRow } from "./translator.ts"

/** Longer scripts open with their noted lines only. */
const SHORT_SCRIPT_ROWS = 60

/** A script of another program beside what became of each line: in the rules, left out, or not understood. */
export function MovedScript({ script }: { script: string }) {
  const translation = useMemo(() => translateStrategy(script), [script])
  const rows = useMemo(() => scriptRows(script, translation), [script, translation])
  const noted = rows.filter(({ notes }) => notes.length > 0)
  const [isWhole, setWhole] = useState(rows.length <= SHORT_SCRIPT_ROWS)
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h2 className="text-base font-semibold">{`The ${scriptLanguage(script) ?? "old"} script, line by line`}</h2>
      <p className="max-w-[72ch] text-ink-soft">{summary(rows, translation)}</p>
      <ol
        tabIndex={0}
        aria-label="Lines of the script"
        className="max-h-120 overflow-auto border-y border-line py-1 text-sm"
      >
        {(isWhole ? rows : noted).map((row) => (
          <Row key={row.line} row={row} />
        ))}
      </ol>
      {rows.length > SHORT_SCRIPT_ROWS && (
        <Button className="self-start" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Only the lines with a note" : `All ${rows.length} lines`}
        </Button>
      )}
    </section>
  )
}

function Row({ row: { line, text, state, notes } }: { row: ScriptRow }) {
  return (
    <li className={classNames("flex gap-3 border-l-2 pl-2", edge[state])}>
      <span className="w-8 shrink-0 text-right text-ink-soft tabular-nums">{line}</span>
      <div className="min-w-0">
        <code className="font-mono whitespace-pre-wrap wrap-anywhere">{text || " "}</code>
        {notes.map((note) => (
          <p key={note} className={classNames("pb-1 wrap-anywhere", ink[state])}>
            {note}
          </p>
        ))}
      </div>
    </li>
  )
}

const edge = { missed: "border-loss", left: "border-control-line", carried: "border-transparent" }
const ink = { missed: "text-loss", left: "text-ink-soft", carried: "text-ink-soft" }

function summary(rows: ScriptRow[], translation: Translation): string {
  if (translation.ok) return `${translationWords(translation)} The script itself is kept as it came.`
  return `It makes no strategy here, so none of its lines is in any rule.${reasons(rows.filter(({ state }) => state === "missed").length)}`
}

function reasons(missed: number): string {
  return missed === 0 ? "" : ` ${lines(missed)} not understood; each has its reason.`
}

function lines(count: number): string {
  return count === 1 ? "One line is" : `${count} lines are`
}
