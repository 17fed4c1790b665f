import { type ReactNode, useMemo, useState } from "react"
import type { MarketChoice } from "../market/index.ts"
import type { RunSetup } from "../run/run-setup.ts"
import { settingsOf } from "../run/settings-of.ts"
import { jobOf } from "../run/setup-job.ts"
import { useOptimisation } from "../run/use-optimisation.ts"
import { usePreferences } from "../settings/index.ts"
import { Notice } from "../ui/notice.tsx"
import { candlesTried } from "./choices/candles-tried.ts"
import { ChoosePanel } from "./choices/choose-panel.tsx"
import { type Effort, workOf } from "./choices/effort.ts"
import { methodFor } from "./choices/search-choice.ts"
import { requestOf } from "./choices/search-request.ts"
import { type Choices, useChoices } from "./choices/use-choices.ts"
import { Found } from "./found/found.tsx"
import type { FoundView } from "./found/found-view.ts"
import { SearchEnd } from "./progress/search-end.tsx"
import { Unfinished } from "./progress/unfinished.tsx"
import { SearchProgress } from "./progress/search-progress.tsx"
import type { TestedStrategy } from "./tested-strategy.ts"
import { InUse } from "./in-use.tsx"
import { useSpeed } from "./use-speed.ts"
import { useValues } from "./use-values.ts"

type SearchDeskProps = {
  setup: RunSetup
  tested: Extract<TestedStrategy, { state: "open" }>
  markets: [MarketChoice, ...MarketChoice[]]
}

/** Where a search is chosen, waited for and read. */
export function SearchDesk({ setup, tested, markets }: SearchDeskProps) {
  const { timeZone } = usePreferences()
  const { strategy, opened } = tested
  // Values that are used change the strategy, but not what was searched.
  const [begun] = useState(strategy)
  const choices = useChoices(begun, setup.unseenPercent)
  const job = jobOf({ ...setup, params: {}, unseenPercent: 0 }, begun, markets, timeZone)
  const run = useOptimisation(job)
  const requested = requestOf(choices, job)
  const candles = candlesTried(markets, setup, choices.search.holdOutPercent)
  const isAlone = begun.code !== undefined || setup.fills !== "conservative" || markets.length > 1
  const workPerSecond = useSpeed(run, { candles, isAlone })
  const effort = requested.ok && effortOf(choices.search, requested.combinations, { candles, isAlone, workPerSecond })
  const { keep, used, problem } = useValues({ strategy, strategyId: opened?.id, settings: settingsOf(setup) })
  const { optimisation, asked, unfinished } = run
  const space = asked?.terms.space
  const view = useMemo(
    (): FoundView | undefined =>
      optimisation &&
      space && { optimisation, space, strategy, currency: markets[0].quote, zone: timeZone, onUse: keep },
    [optimisation, space, strategy, markets, timeZone, keep],
  )
  const isUnderWay = run.state === "running" || run.state === "paused"
  return (
    <div className="flex min-w-0 flex-col gap-8">
      {isUnderWay ? (
        <SearchProgress run={run} />
      ) : (
        <>
          {unfinished && <Unfinished unfinished={unfinished} onGoOn={run.goOn} onForget={run.forget} />}
          <Again isFolded={view !== undefined}>
            <ChoosePanel
              choices={choices}
              effort={effort || undefined}
              because={requested.ok ? undefined : requested.because}
              onStart={() => requested.ok && run.start(job, requested.request)}
            />
          </Again>
        </>
      )}
      <SearchEnd run={run} />
      {problem && <Notice kind="error">{problem}</Notice>}
      {used && <InUse used={used} setup={setup} />}
      {view && !isUnderWay && <Found view={view} />}
    </div>
  )
}

/** What was found comes first; another search is one press away. */
function Again({ isFolded, children }: { isFolded: boolean; children: ReactNode }) {
  if (!isFolded) return children
  return (
    <details className="border-b border-line pb-3">
      <summary className="inline-flex min-h-8 w-fit items-center underline decoration-dotted underline-offset-4 hover:text-ink-strong">
        Search again, with other choices
      </summary>
      <div className="pt-4">{children}</div>
    </details>
  )
}

function effortOf(search: Choices["search"], combinations: number, machine: Machine): Effort {
  const { candles, isAlone, workPerSecond } = machine
  const method = methodFor(search, combinations)
  const trials = method === "grid" ? combinations : Math.min(search.trials, combinations)
  const seconds = workOf({ trials, candles, isAlone }) / workPerSecond
  return { combinations, trials, candles, method, isAlone, seconds }
}

type Machine = Pick<Effort, "candles" | "isAlone"> & { workPerSecond: number }
