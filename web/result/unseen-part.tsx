import { useState } from "react"
import type { RunReport } from "../run/run-report.ts"
import { rememberLook, unseenLook } from "../run/unseen-looks.ts"
import { unseenIn } from "../run/use-run.ts"
import { Button } from "../ui/button.tsx"
import { formatDate, type TimeZone } from "../ui/date-format.ts"

type UnseenPartProps = { report: RunReport; zone: TimeZone; onLooked: () => void }

/** The part at the end that a test left out: one look at it, and its result. */
export function UnseenPart({ report, zone, onLooked }: UnseenPartProps) {
  const [failed, setFailed] = useState<string>()
  const [looking, setLooking] = useState(false)
  if (!report.unseen) return null
  const { fromMs, toMs } = report.unseen
  const look = unseenLook(report)
  const lookAtIt = async () => {
    setLooking(true)
    setFailed(undefined)
    try {
      const light = await unseenIn(report)
      if (light) rememberLook(report, light)
      else setFailed("The unseen part cannot be tested with these settings. It is still unseen.")
      onLooked()
    } catch {
      setFailed("The look did not come to an end. It is still unseen; try again.")
    }
    setLooking(false)
  }
  return (
    <div
      data-testid="unseen-part"
      className="flex max-w-[72ch] flex-wrap items-center gap-x-3 gap-y-2 py-1 text-sm text-ink"
    >
      <p role="status">
        {failed ??
          (look
            ? `${lookedWords(look.atMs, zone)} ${look.because}${look.resultHash === report.resultHash ? "" : CHANGED}`
            : `Left unseen: ${formatDate(fromMs, zone)} to ${formatDate(toMs - 1, zone)}. It can be looked at once; after that it is a part like the others.`)}
      </p>
      {!look && (
        <Button onClick={() => void lookAtIt()} disabled={looking}>
          {looking ? "Looking…" : "Look at the unseen part"}
        </Button>
      )}
    </div>
  )
}

const CHANGED =
  " Since then something was changed, and this answer is of the test before. A second look proves less: what you have seen cannot be unseen."

function lookedWords(atMs: number, zone: TimeZone): string {
  return `You looked at the unseen part on ${formatDate(atMs, zone)}:`
}
