import { Link } from "@tanstack/react-router"
import { listDownloads } from "../../db/download-job.ts"
import { useKept } from "../../db/use-kept.ts"
import { buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { DownloadForm } from "./download-form.tsx"
import { useLastDownload } from "./download-queue.ts"
import { DownloadRow } from "./download-row.tsx"

/** Candles from an exchange: the form, and the downloads under way. */
export function DownloadPanel() {
  const jobs = useKept(listDownloads)
  // A browser that keeps nothing has no place for candles; the screen says so.
  if (jobs.state === "unavailable") return null
  return (
    <section aria-labelledby="download-title" className="flex flex-col gap-4">
      <h2 id="download-title" className="text-base font-semibold">
        Download from an exchange
      </h2>
      <DownloadForm />
      {jobs.state === "ready" && jobs.value.length > 0 && (
        <ul aria-label="Downloads" className="flex flex-col gap-4">
          {jobs.value.map((job) => (
            <li key={job.id}>
              <DownloadRow job={job} />
            </li>
          ))}
        </ul>
      )}
      <div aria-live="polite">
        <LastDownload />
      </div>
    </section>
  )
}

function LastDownload() {
  const job = useLastDownload()
  if (!job) return null
  const test = (
    <Link to="/backtest" search={{ market: job.marketId }} className={buttonClass("quiet")}>
      Test on it
    </Link>
  )
  return (
    <Notice kind="info" action={test}>
      {job.symbol} {job.timeframe}: everything the exchange has of this period is here.
    </Notice>
  )
}
