import { rangesLengthMs, rangesWithin, timeframesMs } from "#engine/candles"
import { type VenueId, venueOf } from "#venues"
import { changeDownload, type DownloadJob } from "../../db/download-job.ts"
import { findMarket, type SavedMarket } from "../../db/market-catalogue.ts"
import { useKept } from "../../db/use-kept.ts"
import { Button } from "../../ui/button.tsx"
import { formatDuration } from "../../ui/date-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { formatNumber } from "../../ui/number-format.ts"
import { Progress } from "../../ui/progress.tsx"
import { useDownloadStep } from "./download-queue.ts"
import type { DownloadStep } from "./download-run.ts"
import { cancelDownload } from "./download-start.ts"

/** One download: its progress, speed, time left, and actions. */
export function DownloadRow({ job }: { job: DownloadJob }) {
  const step = useDownloadStep(job.id)
  const market = useKept(() => findMarket(job.marketId), [job.marketId])
  const { done, total } = progressOf(job, market.state === "ready" ? market.value : undefined)
  const name = `${job.symbol} ${job.timeframe} from ${venueOf(job.venue as VenueId).name}`
  return (
    <div className="flex flex-col gap-2">
      <Progress label={name} done={done} total={total} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-sm text-ink-soft tabular-nums">
          {formatNumber(done)} of {formatNumber(total)} candles{stateWords(job, step)}
        </p>
        <div className="flex gap-2">
          <Switch job={job} name={name} />
          <Button look="plain" aria-label={`Cancel ${name}`} onClick={() => void cancelDownload(job)}>
            Cancel
          </Button>
        </div>
      </div>
      {job.state === "wanted" && step?.waiting && <Notice kind="warn">{step.waiting}</Notice>}
      {job.state === "failed" && <Notice kind="error">{job.because}</Notice>}
    </div>
  )
}

function Switch({ job, name }: { job: DownloadJob; name: string }) {
  const goes = job.state === "wanted"
  const word = goes ? "Pause" : job.state === "failed" ? "Try again" : "Continue"
  return (
    <Button
      aria-label={`${word}: ${name}`}
      onClick={() => void changeDownload(job.id, { state: goes ? "paused" : "wanted" })}
    >
      {word}
    </Button>
  )
}

/** A job's progress by the market's own record: true in every window, and after a reload. */
function progressOf(
  { wanted, timeframe }: DownloadJob,
  market: SavedMarket | undefined,
): { done: number; total: number } {
  const candles = (lengthMs: number) => Math.floor(lengthMs / timeframesMs[timeframe])
  return {
    done: candles(rangesLengthMs(rangesWithin([wanted], market?.fetched ?? []))),
    total: candles(wanted.toMs - wanted.fromMs),
  }
}

function stateWords({ state }: DownloadJob, step: DownloadStep | undefined): string {
  if (state === "paused")
    return step ? " · pausing: what is on its way still comes" : " · paused; what has come is kept"
  if (state === "failed") return " · stopped"
  if (!step) return " · waits for its turn"
  const rate = ` · ${formatNumber(step.candlesPerSecond)} a second`
  return step.secondsLeft === undefined || step.waiting ? rate : `${rate} · ${leftWords(step.secondsLeft)} left`
}

function leftWords(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : formatDuration(seconds * 1000)
}
