import type { StrategyProblem } from "#engine/strategy"
import type { Training } from "../../run/forecast-job.ts"
import { cancelTraining, goOnTraining, type TrainingView } from "../../run/training.ts"
import { Button } from "../../ui/button.tsx"
import { formatCount } from "../../ui/number-format.ts"
import { Notice } from "../../ui/notice.tsx"

/** How the last training ended, where that is not a card. */
export function TrainingEnd({ view }: { view: TrainingView | undefined }) {
  if (view?.state === "done" && view.notKept !== undefined)
    return (
      <Notice kind="warn">{`${view.notKept} The model is in this window only: export it before you leave.`}</Notice>
    )
  if (view?.state === "refused")
    return (
      <Notice kind="warn">
        <p>Nothing was trained, and nothing was lost.</p>
        {view.problems.map((problem) => (
          <p key={problem.path}>{refusalWords(problem)}</p>
        ))}
      </Notice>
    )
  if (view?.state !== "failed") return null
  return (
    <Notice
      kind="error"
      action={
        <div className="flex flex-wrap gap-3">
          <Button onClick={() => void goOnTraining(view.training)}>Go on</Button>
          <Button look="plain" onClick={cancelTraining}>
            Take it away
          </Button>
        </div>
      }
    >
      {view.because}
    </Notice>
  )
}

/** A refusal as a sentence that begins with its place. */
export function refusalWords({ path, because }: StrategyProblem): string {
  const place = /^features\[(\d+)\]/.exec(path)
  const words = because.replace(/[.!?]?$/, (end) => end || ".")
  if (place) return `Formula ${Number(place[1]) + 1}: ${words}`
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A training that was paused before a reload. */
export function WaitingTraining({ training }: { training: Training }) {
  return (
    <Notice
      kind="info"
      action={
        <div className="flex flex-wrap gap-3">
          <Button onClick={() => void goOnTraining(training)}>Go on</Button>
          <Button look="plain" onClick={cancelTraining}>
            Take it away
          </Button>
        </div>
      }
    >
      {`“${training.request.name}” is paused with ${formatCount(training.parts.length, "finished part")}. It goes on where it stopped, to the same model as without the break.`}
    </Notice>
  )
}
