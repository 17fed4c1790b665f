import { Pause, Play, X } from "lucide-react"
import type { OptimisationOfJob } from "../../run/use-optimisation.ts"
import { Button } from "../../ui/button.tsx"
import { Progress } from "../../ui/progress.tsx"
import { useFocusIfLost } from "../../ui/use-focus-if-lost.ts"
import { variedParams } from "../found/found-view.ts"
import { LeaderBoard } from "./leader-board.tsx"
import { leftWords, stageWords } from "./stage-words.ts"

/** How far a search is, the best so far, and the ways to stop it. */
export function SearchProgress({ run }: { run: OptimisationOfJob }) {
  const { news, secondsLeft, asked } = run
  const focused = useFocusIfLost<HTMLElement>()
  const isPaused = run.state === "paused"
  const words = news ? stageWords(news) : "Getting the candles and the engine ready"
  return (
    <section ref={focused} tabIndex={-1} aria-label="The search" className="flex flex-col gap-4 outline-none">
      <div className="flex flex-col gap-2">
        <Progress label={isPaused ? `Paused. ${words}` : words} done={news?.share ?? 0} total={1} />
        <p className="text-sm text-ink-soft tabular-nums">
          {isPaused
            ? "Nothing is lost: it goes on where it stopped."
            : news
              ? leftWords(secondsLeft, news.evaluated)
              : "\u00a0"}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        {isPaused ? (
          <Button look="primary" icon={<Play aria-hidden className="size-4" />} onClick={run.resume}>
            Go on
          </Button>
        ) : (
          <Button icon={<Pause aria-hidden className="size-4" />} onClick={run.pause}>
            Pause
          </Button>
        )}
        <Button icon={<X aria-hidden className="size-4" />} onClick={run.cancel}>
          Cancel
        </Button>
      </div>
      {asked && (
        <LeaderBoard
          leaders={news?.leaders ?? []}
          params={variedParams(asked.terms)}
          objective={asked.plan.objectives[0]}
        />
      )}
      <p className="max-w-[72ch] text-sm text-ink-soft">
        You may leave this screen: the search goes on while Candlewright is open, and after a reload it waits here for
        you to go on.
      </p>
    </section>
  )
}
