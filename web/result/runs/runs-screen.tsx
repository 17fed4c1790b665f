import { Link } from "@tanstack/react-router"
import { listRuns } from "../../db/saved-run.ts"
import { useKept } from "../../db/use-kept.ts"
import { LibraryTabs } from "../../strategy/index.ts"
import { buttonClass } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { Notice } from "../../ui/notice.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { RunList } from "./run-list.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"

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
