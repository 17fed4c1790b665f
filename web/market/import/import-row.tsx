import { X } from "lucide-react"
import { Button, IconButton } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Progress } from "../../ui/progress.tsx"
import { ImportMapping } from "./import-mapping.tsx"
import { ImportQuestion } from "./import-question.tsx"
import { cancelImport, decideJoin, decideParts, forgetImport, importMended, type ImportJob } from "./import-queue.ts"
import type { JoinQuestion } from "./import-worker.ts"
import { STRANGE_JUMP } from "./import-seam.ts"
import { marketNameFromFile, timeframeFromFile } from "../market-name.ts"
import { timeframeName } from "../use-markets.ts"

/**
 * The state of one file's import, and its open questions. A finished one is in the list of markets, so it shows
 * nothing here.
 */
export function ImportRow({ job }: { job: ImportJob }) {
  switch (job.state) {
    case "waiting":
      return (
        <Progress
          label={`${job.fileName} waits for its turn`}
          done={0}
          total={0}
          onCancel={() => cancelImport(job.key)}
        />
      )
    case "reading":
      return (
        <Progress
          label={job.doneBytes < job.totalBytes ? `Reading ${job.fileName}` : `Keeping ${job.fileName}`}
          done={job.doneBytes}
          total={job.totalBytes}
          onCancel={() => cancelImport(job.key)}
        />
      )
    case "parts":
      return <PartsQuestion fileName={job.fileName} keys={job.keys} />
    case "asks":
      return <JoinNotice job={job} question={job.question} />
    case "open":
      return <ImportQuestion job={job} />
    case "mapping":
      return <ImportMapping job={job} />
    case "refused":
      return (
        <Notice kind="error" action={dismiss(job)}>
          <strong className="text-ink-strong">{job.fileName} was not imported.</strong> {job.because} Nothing of it was
          kept.
          {job.mendable && <MendOffer job={job} mendable={job.mendable} />}
        </Notice>
      )
    case "cancelled":
      return (
        <Notice kind="info" action={dismiss(job)}>
          {job.fileName}: stopped. Nothing of it was kept.
        </Notice>
      )
    case "held":
    case "done":
      return null
  }
}

/** A dirty file can still be imported: the mends are shown first. */
function MendOffer({ job, mendable }: { job: ImportJob; mendable: string[] }) {
  return (
    <div className="flex flex-col items-start gap-2 pt-2">
      <p>It could be imported mended: {mendable.join(" ")}</p>
      <Button onClick={() => importMended(job.key)}>Import it mended</Button>
    </div>
  )
}

function PartsQuestion({ fileName, keys }: { fileName: string; keys: number[] }) {
  const market = `${marketNameFromFile(fileName)} ${timeframeFromFile(fileName) ?? ""}`
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => decideParts(keys, true)}>Join into one market</Button>
      <Button look="plain" onClick={() => decideParts(keys, false)}>
        Keep them apart
      </Button>
    </div>
  )
  return (
    <Notice kind="info" action={actions}>
      {keys.length} files look like parts of one market, <strong className="text-ink-strong">{market}</strong>.
    </Notice>
  )
}

function JoinNotice({ job, question }: { job: ImportJob; question: JoinQuestion }) {
  const { market, jump } = question
  const strange = jump > STRANGE_JUMP
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => decideJoin(job.key, question, !strange)}>
        {strange ? "Keep it apart" : `Add to ${market.name}`}
      </Button>
      <Button look="plain" onClick={() => decideJoin(job.key, question, strange)}>
        {strange ? "Add it anyway" : "Keep it apart"}
      </Button>
      <Button look="plain" onClick={() => forgetImport(job.key)}>
        Leave it out
      </Button>
    </div>
  )
  return (
    <Notice kind={strange ? "warn" : "info"} action={actions}>
      <strong className="text-ink-strong">
        {market.name} {timeframeName(market.timeframeMs)} is here already.
      </strong>{" "}
      {strange
        ? `But where ${job.fileName} meets it, prices are ${jump.toFixed(1)} times apart: it may hold another market.`
        : `The candles of ${job.fileName} can be added to it; where both have a candle, the file's is taken.`}
    </Notice>
  )
}

function dismiss({ key, fileName }: ImportJob) {
  return (
    <IconButton label={`Dismiss the message about ${fileName}`} onClick={() => forgetImport(key)}>
      <X aria-hidden className="size-4" />
    </IconButton>
  )
}
