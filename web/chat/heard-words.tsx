import { Popover as Radix } from "radix-ui"
import type { Said } from "#engine/idea"
import { type Heard, heardIn } from "./heard.ts"

/** The person's sentence with what was understood of it marked; pressing a mark tells what it became. */
export function HeardWords({ sentence, said }: { sentence: string; said: Said | undefined }) {
  const heard = said ? heardIn(sentence, said) : [{ kind: "plain", from: 0, text: sentence } satisfies Heard]
  return heard.map((part) => <Stretch key={part.from} part={part} />)
}

function Stretch({ part }: { part: Heard }) {
  if (part.kind === "plain") return part.text
  const isMissed = part.kind === "missed"
  return (
    <Radix.Root>
      <Radix.Trigger asChild>
        {/* A button would not break over lines as words do. */}
        <span
          role="button"
          tabIndex={0}
          data-heard={part.kind}
          className={isMissed ? missedClass : understoodClass}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== " ") return
            event.preventDefault()
            event.currentTarget.click()
          }}
        >
          {part.text}
          {isMissed && <span className="sr-only"> (not understood)</span>}
        </span>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={`What “${part.text}” became`}
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-[min(20rem,90vw)] animate-appear rounded-md border border-line bg-surface-1 p-3 text-sm text-ink shadow-floating"
        >
          <span dir="auto">{part.kind === "understood" ? part.as.meaning : MISSED}</span>
          <Radix.Arrow className="fill-(--line)" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const MISSED = "These words changed nothing: they were not understood. Say it otherwise, or leave them out."

const markClass =
  "rounded-sm underline underline-offset-[5px] transition-colors hover:bg-surface-2 data-[state=open]:bg-surface-2"
const understoodClass = `${markClass} decoration-accent decoration-2`
const missedClass = `${markClass} text-ink-soft decoration-warn decoration-wavy decoration-1`
