import { Square } from "lucide-react"
import { Button } from "../ui/button.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import type { Progress } from "./answer.ts"
import { WaitingWords } from "./waiting-words.tsx"

/** As long as a model may be silent: `answerLimits.silenceMs`, whose code comes only with a model. */
const SILENCE_MS = 60_000

type UnderWayProps = { progress: Progress; onStop: () => void }

/** An answer on its way: what is done for it, what the model has said so far, and the way to stop it. */
export function UnderWay({ progress, onStop }: UnderWayProps) {
  const { steps, speaking } = progress
  if (steps.length === 0 && speaking === "")
    return (
      <div aria-busy role="status" className="flex flex-col gap-2">
        <span className="sr-only">Reading it</span>
        <Skeleton className="h-5 w-full max-w-100" />
        <Skeleton className="h-5 w-full max-w-80" />
      </div>
    )
  return (
    <div className="flex flex-col gap-3">
      <ol
        aria-label="What is done for the answer"
        aria-live="polite"
        className="flex flex-col gap-1 border-l-2 border-line pl-3 text-sm"
      >
        {steps.map((step, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- steps repeat, and never move
          <li key={at} className={at === steps.length - 1 ? "text-ink" : "text-ink-soft"}>
            {step}
            {at === steps.length - 1 && "…"}
          </li>
        ))}
      </ol>
      {speaking !== "" && (
        <p dir="auto" data-testid="speaking" className="max-w-[64ch] wrap-anywhere whitespace-pre-line text-ink-soft">
          {speaking}
        </p>
      )}
      <WaitingWords sign={`${steps.length} ${speaking.length}`} mostMs={SILENCE_MS} />
      <Button className="self-start" icon={<Square aria-hidden className="size-3.5" />} onClick={onStop}>
        Stop
      </Button>
    </div>
  )
}
