import { formatPercent } from "../../ui/number-format.ts"
import type { OptimisationOfJob } from "../../run/use-optimisation.ts"
import { usePreferences } from "../../settings/index.ts"
import { Button } from "../../ui/button.tsx"
import { formatDateTime } from "../../ui/date-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { toastWithUndo } from "../../ui/toast.tsx"

type UnfinishedProps = {
  unfinished: NonNullable<OptimisationOfJob["unfinished"]>
  onGoOn: () => void
  onForget: OptimisationOfJob["forget"]
}

/** A search that was interrupted: go on with it, or take it away. */
export function Unfinished({ unfinished: { share, changedAtMs }, onGoOn, onForget }: UnfinishedProps) {
  const { timeZone } = usePreferences()
  const forget = async () => {
    const bringBack = await onForget()
    if (!bringBack) return
    void toastWithUndo({ text: "The search was taken away.", onUndo: () => void bringBack(), onExpire: () => {} })
  }
  return (
    <Notice
      kind="info"
      action={
        <div className="flex flex-wrap gap-3">
          <Button onClick={onGoOn}>Go on</Button>
          <Button look="plain" onClick={() => void forget()}>
            Take it away
          </Button>
        </div>
      }
    >
      {`A search of ${formatDateTime(changedAtMs, timeZone)} stopped at ${formatPercent(share * 100, 0)}. It goes on where it was, to the same answer as without the break.`}
    </Notice>
  )
}
