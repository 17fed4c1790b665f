import {
  candleColumnNames,
  type CandleColumnName,
  type CsvMapping,
  type CsvPreview,
  mappingDefect,
  timeGuess,
} from "#engine/candles"
import { useState } from "react"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { Switch } from "../../ui/switch.tsx"
import { decideMapping, forgetImport, type ImportJob } from "./import-queue.ts"

type MappingJob = Extract<ImportJob, { state: "mapping" }>

/** A file with unknown columns: a notice, and the question which column is which. */
export function ImportMapping({ job }: { job: MappingJob }) {
  const [asking, setAsking] = useState(true)
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAsking(true)}>Say which column is which</Button>
      <Button look="plain" onClick={() => forgetImport(job.key)}>
        Leave it out
      </Button>
    </div>
  )
  return (
    <Notice kind="warn" action={actions}>
      <strong className="text-ink-strong">{job.fileName} waits.</strong> {job.because}
      {asking && <MappingDialog job={job} onClose={() => setAsking(false)} />}
    </Notice>
  )
}

function MappingDialog({ job, onClose }: { job: MappingJob; onClose: () => void }) {
  const { preview, because } = job
  const [mapping, setMapping] = useState(preview.guess)
  const defect = mappingDefect(mapping)
  return (
    <Dialog title={`Which column is which in ${job.fileName}?`} open onOpenChange={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => (event.preventDefault(), decideMapping(job.key, preview, mapping))}
      >
        <p className="text-ink">{because}</p>
        <FirstRows rows={preview.rows} mapping={mapping} />
        <Switch
          label="The first row names the columns"
          checked={mapping.hasHeader}
          onChange={(hasHeader) => setMapping({ ...mapping, hasHeader })}
        />
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
          {candleColumnNames.map((name) => (
            <Select
              key={name}
              label={labels[name]}
              value={String(mapping.cells[name])}
              choices={choicesFor(name, preview, mapping)}
              onChange={(cell) => setMapping({ ...mapping, cells: { ...mapping.cells, [name]: Number(cell) } })}
            />
          ))}
        </div>
        <p className="min-h-5 text-sm text-ink-soft">{timeWords(preview, mapping)}</p>
        <div className="flex items-center justify-between gap-4">
          <p role="status" className="text-sm text-ink">
            {defect}
          </p>
          <Button type="submit" look="primary" disabled={defect !== undefined}>
            Read the file
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const labels: Record<CandleColumnName, string> = {
  openTimeMs: "Time of the open",
  open: "Open",
  high: "High",
  low: "Low",
  close: "Close",
  volume: "Volume",
}

/** The beginning of the table, with the guess for each column on top. */
function FirstRows({ rows, mapping }: { rows: string[][]; mapping: CsvMapping }) {
  const roles = (rows[0] ?? []).map((_, cell) => candleColumnNames.find((name) => mapping.cells[name] === cell))
  return (
    <div
      role="region"
      aria-label="The first rows of the file"
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line"
    >
      <table className="w-full text-sm whitespace-nowrap tabular-nums">
        <thead>
          <tr className="text-left text-ink-strong">
            {roles.map((role, cell) => (
              <th key={cell} scope="col" className="px-2 py-1 font-semibold">
                {role ? labels[role] : <span className="font-normal text-ink-soft">left as it is</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr
              key={at}
              className={
                mapping.hasHeader && at === 0
                  ? "border-t border-line text-ink-soft italic"
                  : "border-t border-line text-ink"
              }
            >
              {row.map((text, cell) => (
                <td key={cell} className="max-w-40 truncate px-2 py-1">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function choicesFor(name: CandleColumnName, { rows }: CsvPreview, { hasHeader }: CsvMapping) {
  const columns = (rows[0] ?? []).map((text, cell) => ({
    value: String(cell),
    label: hasHeader && text ? text : `Column ${cell + 1}`,
    hint: firstValue(rows, cell, hasHeader),
  }))
  return [{ value: "-1", label: name === "volume" ? "Not in the file" : "Choose…" }, ...columns]
}

function firstValue(rows: string[][], cell: number, hasHeader: boolean): string | undefined {
  return rows[hasHeader ? 1 : 0]?.[cell]?.slice(0, 24)
}

function timeWords({ rows }: CsvPreview, { hasHeader, cells }: CsvMapping): string {
  const first = firstValue(rows, cells.openTimeMs, hasHeader)
  const guess = first === undefined ? undefined : timeGuess(first)
  if (guess === undefined) return first === undefined ? "" : `"${first}" is no time we can read.`
  return `The first time is read as ${guess.unit === "dates" ? "a date" : guess.unit}: ${new Date(guess.timeMs).toISOString().slice(0, 16).replace("T", " ")} UTC.`
}
