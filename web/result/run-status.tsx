import type { RunSetup } from "../run/run-setup.ts"
import type { RunRefusal } from "../run/run-refusal.ts"
import type { Run } from "../run/use-run.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { Progress } from "../ui/progress.tsx"

type RunStatusProps = {
  run: Run
  /** Why it was refused, with the ways out; changing the setup removes them. */
  refusals?: RunRefusal[]
  onChange?: (change: Partial<RunSetup>) => void
}

/** The status of a run that is not simply done: its progress, or why there is no result. */
export function RunStatus({ run, refusals = [], onChange }: RunStatusProps) {
  switch (run.state) {
    case "running":
      return run.share === undefined ? null : (
        <Progress label="Running the backtest" done={run.share} total={1} onCancel={run.cancel} />
      )
    case "cancelled":
      return (
        <Notice kind="info" action={<Button onClick={run.run}>Test it again</Button>}>
          Stopped.{runBefore(run)}
        </Notice>
      )
    case "refused":
      return refusals.map(({ because, ways }) => (
        <Notice
          key={because}
          kind="warn"
          action={
            ways.length > 0 && (
              <div className="flex flex-wrap gap-2">
                {ways.map(({ label, params }) => (
                  <Button key={label} onClick={() => onChange?.({ params })}>
                    {label}
                  </Button>
                ))}
              </div>
            )
          }
        >
          {because}
          {runBefore(run)}
        </Notice>
      ))
    case "failed":
      return (
        <Notice kind="error" action={<Button onClick={run.run}>Try again</Button>}>
          {run.because}
          {runBefore(run)}
        </Notice>
      )
    default:
      return null
  }
}

/** What is to be seen below a status without a result of its own. */
export function runBefore({ report }: Run): string {
  return report ? " What you see below is the run before." : ""
}
