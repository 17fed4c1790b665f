import { Link } from "@tanstack/react-router"
import type { ChatTurn, ModelAnswer } from "../db/chat-turn.ts"
import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { formatDateTime } from "../ui/date-format.ts"
import { Notice } from "../ui/notice.tsx"
import { Lines } from "./lines.tsx"

type ModelLineProps = { turn: ChatTurn; onAgain: (() => void) | undefined }

/** Only rules that were compared and nowhere differ are said to be checked. */
function checkWords({ pointedOut, isChecked }: ModelAnswer): string {
  if (pointedOut.length > 0) return "; not all of it is what you said"
  return isChecked ? "; checked against your words" : ""
}

/** Who answered, where a model's rules differ from the person's words, and the way to ask it again. */
export function ModelLine({ turn: { by, failed }, onAgain }: ModelLineProps) {
  const { timeZone } = usePreferences()
  const again = onAgain && (
    <Button look="plain" className="self-start" onClick={onAgain}>
      {by ? "Ask it again" : "Ask the model too"}
    </Button>
  )
  if (failed !== undefined)
    return (
      <Notice kind="warn" action={again}>
        {failed} What stands above is what your own words say.{" "}
        <Link to="/chat/models" className="underline underline-offset-4 hover:text-ink-strong">
          Models
        </Link>
      </Notice>
    )
  if (!by) return again ?? null
  const before =
    by.cachedAtMs === undefined ? "" : `, as it answered the same on ${formatDateTime(by.cachedAtMs, timeZone)}`
  return (
    <div className="flex flex-col gap-3">
      <Lines title="It differs from your words" lines={by.pointedOut} isWarning />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p data-testid="answered-by" className="text-sm text-ink-soft">
          {`Answered by ${by.name}${before}${checkWords(by)}.`}
        </p>
        {again}
      </div>
      {by.wrote !== undefined && (
        <details className="text-sm text-ink-soft">
          <summary className="min-h-8 cursor-pointer hover:text-ink-strong">What it wrote</summary>
          <blockquote dir="auto" className="max-w-[64ch] pt-2 wrap-anywhere whitespace-pre-line">
            {by.wrote}
          </blockquote>
        </details>
      )}
    </div>
  )
}
