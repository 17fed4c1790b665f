import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { Progress } from "../ui/progress.tsx"
import type { Run } from "../run/use-run.ts"

/** What there is to say about a run that is not simply done: how far it is, or why there is no result. */
export function RunStatus({ run }: { run: Run }) {
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
      return (
        <Notice kind="warn">
          {run.because.join(" ")}
          {runBefore(run)}
        </Notice>
      )
    case "failed":
      return (
        <Notice kind="error" action={<Button onClick={run.run}>Try again</Button>}>
          {run.because.join(" ")}
          {runBefore(run)}
        </Notice>
      )
    default:
      return null
  }
}

function runBefore({ report }: Run): string {
  return report ? " What you see below is the run before." : ""
}
