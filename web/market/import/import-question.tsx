import { plainText } from "#engine/candles"
import { useState } from "react"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { decideChoice, forgetImport, type ImportJob } from "./import-queue.ts"

type OpenJob = Extract<ImportJob, { state: "open" }>

/** An ambiguous file: which of its markets, or how its dates are written. */
export function ImportQuestion({ job }: { job: OpenJob }) {
  const { question } = job
  return (
    <Notice
      kind="warn"
      action={
        <div className="flex flex-wrap items-end gap-2">
          {question.kind === "market" ? (
            <MarketChoice job={job} choices={question.choices} />
          ) : (
            <DateChoice job={job} />
          )}
          <Button look="plain" onClick={() => forgetImport(job.key)}>
            Leave it out
          </Button>
        </div>
      }
    >
      <strong className="text-ink-strong">{job.fileName} waits.</strong> {job.because}
    </Notice>
  )
}

function MarketChoice({ job, choices }: { job: OpenJob; choices: string[] }) {
  const [market, setMarket] = useState(choices[0])
  const named = choices.map((name) => ({ value: name, label: name === "" ? "(without a name)" : plainText(name) }))
  return (
    <>
      <Select label="Market in the file" value={market} choices={named} onChange={setMarket} />
      <Button onClick={() => decideChoice(job.key, { market })}>Read this market</Button>
    </>
  )
}

function DateChoice({ job }: { job: OpenJob }) {
  return (
    <>
      <Button onClick={() => decideChoice(job.key, { dates: "day-first" })}>Day first (31/01/2024)</Button>
      <Button onClick={() => decideChoice(job.key, { dates: "month-first" })}>Month first (01/31/2024)</Button>
    </>
  )
}
