import { X } from "lucide-react"
import { IconButton } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { Progress } from "../ui/progress.tsx"
import { cancelImport, forgetImport, type ImportJob } from "./import-queue.ts"

/** How one file's import stands. A finished one is in the list of markets, so it says nothing here. */
export function ImportRow({ job }: { job: ImportJob }) {
  switch (job.state) {
    case "waiting":
      return <Progress label={`${job.fileName} waits for its turn`} done={0} total={0} onCancel={() => cancelImport(job.key)} />
    case "reading":
      return <Progress label={job.doneBytes < job.totalBytes ? `Reading ${job.fileName}` : `Keeping ${job.fileName}`} done={job.doneBytes} total={job.totalBytes} onCancel={() => cancelImport(job.key)} />
    case "refused":
      return (
        <Notice kind="error" action={dismiss(job)}>
          <strong className="text-ink-strong">{job.fileName} was not imported.</strong> {job.because} Nothing of it was kept.
        </Notice>
      )
    case "cancelled":
      return (
        <Notice kind="info" action={dismiss(job)}>
          {job.fileName}: stopped. Nothing of it was kept.
        </Notice>
      )
    case "done":
      return null
  }
}

function dismiss({ key, fileName }: ImportJob) {
  return (
    <IconButton label={`Dismiss the message about ${fileName}`} onClick={() => forgetImport(key)}>
      <X aria-hidden className="size-4" />
    </IconButton>
  )
}
