import { Link } from "@tanstack/react-router"
import { plainText } from "#engine/candles"
import { findRuns, type RunDetail, type SavedRun } from "../../db/saved-run.ts"
import { useKept } from "../../db/use-kept.ts"
import { MadeUpChip } from "../../figure/index.ts"
import { madeUpOfRun } from "../../run/made-up-run.ts"
import { usePreferences } from "../../settings/index.ts"
import { LibraryTabs, StrategyDiff } from "../../strategy/index.ts"
import { buttonClass } from "../../ui/button.tsx"
import { formatDateTime } from "../../ui/date-format.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { Notice } from "../../ui/notice.tsx"
import { formatSignedPercent } from "../../ui/number-format.ts"
import { PageHeader } from "../../ui/page-header.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { runsFromText } from "./compared-runs.ts"
import { isOfOtherEngine } from "./other-engine.ts"
import { NumberTable } from "./number-table.tsx"
import { areLike, whereWords } from "./run-likeness.ts"
import { letterOf, RunCurves } from "./run-curves.tsx"
import { useAppEngine } from "./use-app-engine.ts"
import { useRunNames } from "./use-run-names.ts"

type DetailedRun = SavedRun & { detail: RunDetail }

/** Two to four runs side by side: curves, numbers, and the rules that differ. */
export function CompareScreen({ runs }: { runs: unknown }) {
  const ids = runsFromText(runs)
  const answer = useKept(() => findRuns(ids), [ids.join()])
  return (
    <>
      <PageHeader title="Compare runs" />
      <LibraryTabs />
      {answer.state === "loading" && (
        <div aria-busy>
          <Skeleton className="h-80 w-full" />
        </div>
      )}
      {answer.state === "unavailable" && <Notice kind="error">{answer.because}</Notice>}
      {answer.state === "ready" && <Compared runs={answer.value.filter(hasDetail)} asked={ids.length} />}
    </>
  )
}

function hasDetail(run: SavedRun): run is DetailedRun {
  return run.detail !== undefined
}

function Compared({ runs, asked }: { runs: DetailedRun[]; asked: number }) {
  const { timeZone } = usePreferences()
  if (runs.length < 2)
    return (
      <EmptyState
        title={asked === 0 ? "Choose two to four runs" : "Not enough of these runs are here"}
        action={
          <Link to="/library/runs" className={buttonClass("primary")}>
            Choose runs
          </Link>
        }
      >
        {asked === 0
          ? "Mark them in the list of runs: their curves, numbers and rules then stand side by side."
          : "Some were deleted, made room for newer ones, or the address is of another browser."}
      </EmptyState>
    )
  return (
    <>
      {runs.length < asked && (
        <Notice kind="warn">{`${asked - runs.length} of the runs of this address are not here; the others are shown.`}</Notice>
      )}
      <RunNames runs={runs} />
      <h2 className="sr-only">The curves</h2>
      <RunCurves runs={runs} />
      <NumberTable
        isLike={runs.every((run) => areLike(run, runs[0]))}
        runs={runs.map((run, at) => ({
          name: letterOf(at),
          on: whereWords(run, timeZone),
          metrics: run.detail.metrics,
          currency: run.detail.currency,
          cash: run.detail.cash,
        }))}
      />
      <section className="flex flex-col gap-6">
        <h2 className="text-base font-semibold">The rules</h2>
        {runs.slice(1).map((run, at) => (
          <StrategyDiff
            heading="h3"
            key={run.id}
            title={`From A to ${letterOf(at + 1)}`}
            from={runs[0].detail.document}
            to={run.detail.document}
          />
        ))}
      </section>
    </>
  )
}

/** Who is A, B, C and D, and what about them differs beside the rules. */
function RunNames({ runs }: { runs: DetailedRun[] }) {
  const { timeZone } = usePreferences()
  const engine = useAppEngine()
  const nameOf = useRunNames(runs)
  return (
    <ul className="border-b border-line">
      {runs.map((run, at) => (
        <li key={run.id} className="flex gap-3 border-t border-line py-2">
          <span className="font-semibold text-ink-strong">{letterOf(at)}</span>
          <div className="min-w-0 grow">
            <Link
              to="/library/run/$runId"
              params={{ runId: run.id }}
              className="wrap-anywhere text-ink-strong underline-offset-4 hover:underline"
            >
              <bdi>{nameOf(run)}</bdi>
            </Link>
            <p className="text-sm text-ink-soft">
              {formatDateTime(run.ranAtMs, timeZone)} · {run.detail.settings}
              {run.hashes.data !== runs[0].hashes.data && <span className="text-warn"> · other candles than A</span>}
              {isOfOtherEngine(run, engine) && <span className="text-warn"> · another engine</span>}
            </p>
            {run.note && <p className="text-sm wrap-anywhere">{plainText(run.note, 300)}</p>}
          </div>
          <MadeUpChip of={madeUpOfRun(run)} />
          <span className={(run.totalReturnPercent ?? 0) < 0 ? "text-loss" : "text-gain"}>
            {formatSignedPercent(run.totalReturnPercent)}
          </span>
        </li>
      ))}
    </ul>
  )
}
