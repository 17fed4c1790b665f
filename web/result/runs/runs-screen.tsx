import { Link } from "@tanstack/react-router"
import { GitCompare } from "lucide-react"
import { useState } from "react"
import { listRuns, type SavedRun } from "../../db/saved-run.ts"
import { useKept } from "../../db/use-kept.ts"
import { LibraryTabs } from "../../strategy/index.ts"
import { Button, buttonClass } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { Notice } from "../../ui/notice.tsx"
import { formatNumber } from "../../ui/number-format.ts"
import { PageHeader } from "../../ui/page-header.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { TextField } from "../../ui/text-field.tsx"
import { MOST_COMPARED, runsText } from "./compared-runs.ts"
import { RunRow } from "./run-row.tsx"
import { useAppEngine } from "./use-app-engine.ts"

/** The tests that were run: find one, read its note, choose some to compare. */
export function RunsScreen() {
  const runs = useKept(listRuns)
  return (
    <>
      <PageHeader title="Runs">Every test you let rest is kept here, with its engine, strategy and candles.</PageHeader>
      <LibraryTabs />
      {runs.state === "loading" && (
        <div aria-busy>
          <Skeleton className="h-40 w-full" />
        </div>
      )}
      {runs.state === "unavailable" && <Notice kind="error">{runs.because}</Notice>}
      {runs.state === "ready" && (runs.value.length === 0 ? <NoRuns /> : <RunList runs={runs.value} />)}
    </>
  )
}

function RunList({ runs }: { runs: SavedRun[] }) {
  const [words, setWords] = useState("")
  const [chosen, setChosen] = useState<string[]>([])
  const engine = useAppEngine()
  const found = runs.filter((run) => isFound(run, words))
  const choose = (id: string, isIn: boolean) =>
    setChosen(isIn ? [...chosen, id].slice(-MOST_COMPARED) : chosen.filter((each) => each !== id))
  return (
    <section aria-label="Your runs" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="w-full max-w-100">
          <TextField
            label="Search"
            type="search"
            value={words}
            placeholder="Strategy, market, note"
            onChange={setWords}
          />
        </div>
        <CompareButton chosen={chosen} />
      </div>
      <p role="status" className="text-sm text-ink-soft">
        {found.length === runs.length
          ? `${formatNumber(runs.length)} ${runs.length === 1 ? "run" : "runs"}`
          : `${formatNumber(found.length)} of ${formatNumber(runs.length)} runs`}
      </p>
      <ul className="border-b border-line empty:hidden">
        {found.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            engine={engine}
            isChosen={chosen.includes(run.id)}
            onChoose={(isIn) => choose(run.id, isIn)}
          />
        ))}
      </ul>
    </section>
  )
}

function CompareButton({ chosen }: { chosen: string[] }) {
  const icon = <GitCompare aria-hidden className="size-4" />
  if (chosen.length < 2)
    return (
      <Button icon={icon} disabled title={`Choose two to ${MOST_COMPARED} runs`}>
        Compare
      </Button>
    )
  return (
    <Link to="/library/compare" search={{ runs: runsText(chosen) }} className={buttonClass("primary")}>
      {icon}
      Compare {chosen.length}
    </Link>
  )
}

function isFound({ strategy, market, note = "" }: SavedRun, words: string): boolean {
  const text = `${strategy} ${market} ${note}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function NoRuns() {
  return (
    <EmptyState
      title="No run yet"
      action={
        <Link to="/backtest" className={buttonClass("primary")}>
          Test something
        </Link>
      }
    >
      A test is kept here a moment after its last slider has come to rest. Two to four of them can be compared.
    </EmptyState>
  )
}
