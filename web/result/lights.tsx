import { type Light, type LightId, type LightLevel, lightQuestions } from "#engine/result"
import { CircleCheck, CircleHelp, CircleX, TriangleAlert } from "lucide-react"
import { Popover as Radix } from "radix-ui"
import { memo } from "react"
import type { RunReport } from "../run/run-report.ts"
import { unseenLook } from "../run/unseen-looks.ts"
import { type RunLights, useLights } from "../run/use-lights.ts"
import { classNames } from "../ui/class-names.ts"
import { WhatIsThis } from "../what-is-this.tsx"
import { Skeleton } from "../ui/skeleton.tsx"

const questions = Object.entries(lightQuestions) as [LightId, string][]

/** Shape and word show it too, never colour alone. */
const looks: Record<LightLevel, { Icon: typeof CircleCheck; ink: string; word: string }> = {
  good: { Icon: CircleCheck, ink: "text-gain", word: "Yes" },
  doubtful: { Icon: TriangleAlert, ink: "text-warn", word: "Doubtful" },
  bad: { Icon: CircleX, ink: "text-loss", word: "No" },
  unknown: { Icon: CircleHelp, ink: "text-ink-soft", word: "Unknown" },
}

/** The questions about a result; a press shows the reason. */
export function Lights({ report }: { report: RunReport }) {
  const { lights, isStale } = useLights(report)
  return <LightList lights={{ ...lights, ...lookedAt(report) }} isStale={isStale} />
}

/** The answers to the questions, as far as they are known; of a run before, `isStale`. */
export function LightList({ lights, isStale = false }: { lights: RunLights["lights"]; isStale?: boolean }) {
  return (
    <div className="@container">
      <p className="flex items-center gap-1 pb-1 text-sm text-ink-soft">
        Can this result be believed? <WhatIsThis term="lights" />
      </p>
      <ul
        aria-label="Can this result be believed?"
        aria-busy={isStale}
        className="grid grid-cols-1 gap-x-6 border-t border-line @md:grid-cols-2 @3xl:grid-cols-3"
      >
        {questions.map(([id, question]) => (
          <li key={id} className="flex flex-col justify-center border-b border-line">
            <LightButton question={question} light={lights[id]} isStale={isStale} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The answer from a look at the unseen part, as long as nothing has changed since. */
function lookedAt(report: RunReport): Partial<Record<LightId, Light>> {
  const look = report.unseen && unseenLook(report)
  if (look?.resultHash !== report.resultHash) return {}
  return { unseen: { id: "unseen", level: look.level, because: look.because } }
}

type LightButtonProps = { question: string; light: Light | undefined; isStale: boolean }

/** An answer to the run before is grey until the new one arrives. */
const LightButton = memo(function LightButton({ question, light, isStale }: LightButtonProps) {
  if (!light)
    return (
      <div className="flex min-h-9 items-center gap-2 py-1.5 text-sm text-ink-soft">
        <Skeleton className="size-4 shrink-0 rounded-full" />
        <span className="grow">{question}</span>
        {/* The room of the answer, so that nothing moves when it comes. */}
        <span aria-hidden className="w-16 shrink-0" />
      </div>
    )
  const { Icon, word, ...look } = looks[light.level]
  const ink = isStale ? "text-ink-faint" : look.ink
  return (
    <Radix.Root>
      <Radix.Trigger
        data-light={light.id}
        data-level={light.level}
        className="flex min-h-9 w-full items-center gap-2 rounded-sm py-1.5 text-left text-sm hover:bg-surface-1"
      >
        <Icon aria-hidden className={classNames("size-4 shrink-0", ink)} />
        <span className="grow text-ink">{question}</span>
        <span className={classNames("shrink-0 font-medium", ink)}>{word}</span>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={question}
          sideOffset={4}
          collisionPadding={12}
          className="z-50 max-w-[min(24rem,90vw)] animate-appear rounded-md border border-line bg-surface-1 p-3 text-sm text-ink shadow-floating"
        >
          {light.because}
          <Radix.Arrow className="fill-(--line)" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
})
