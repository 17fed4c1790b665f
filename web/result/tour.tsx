import { useEffect, useRef, useState } from "react"
import { Button } from "../ui/button.tsx"
import { useRemembered } from "../ui/use-remembered.ts"
import { useScreenCommands } from "../ui/screen-commands.ts"
import { useShortcut } from "../ui/use-shortcut.ts"

/** One stop of the tour: the part of the screen with this `data-tour`, and what to say of it. */
type Stop = { place: "answer" | "numbers" | "chart"; title: string; text: string }

const stops: Stop[] = [
  {
    place: "answer",
    title: "Read the sentence first",
    text: "It says what your money would have become, after all fees, and what just holding would have made. The lights below it say whether to believe it.",
  },
  {
    place: "numbers",
    title: "Move one number",
    text: "Every slider tests again while you drag it. “Change the rules” goes further. Undo takes any step back.",
  },
  {
    place: "chart",
    title: "Ask why",
    text: "Press on any candle, or the key W: you see each rule, its value there, and why it did or did not trade. Press “Keep” when you like what you have.",
  },
]

type TourProps = {
  /** Brings the numbers into sight where they are folded away. */
  onShowNumbers: () => void
}

/** Offers a first-time visitor three steps through a result; the palette always offers them. */
export function Tour({ onShowNumbers }: TourProps) {
  const [isKnown, setKnown] = useRemembered<boolean>("tour", false)
  const [at, setAt] = useState<number>()
  const end = () => {
    setAt(undefined)
    setKnown(true)
  }
  const go = (to: number) => {
    if (to >= stops.length) return end()
    if (stops[to].place === "numbers") onShowNumbers()
    setAt(to)
  }
  useScreenCommands([{ name: "Show me around in three steps", run: () => go(0) }])
  if (at !== undefined) return <StopCard key={at} at={at} onGo={go} onEnd={end} />
  return isKnown ? null : (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft print:hidden">
      <p>New here? Three steps show you around.</p>
      <div className="flex gap-1">
        <Button onClick={() => go(0)}>Show me</Button>
        <Button look="plain" onClick={end}>
          No, thanks
        </Button>
      </div>
    </div>
  )
}

type StopCardProps = { at: number; onGo: (to: number) => void; onEnd: () => void }

function StopCard({ at, onGo, onEnd }: StopCardProps) {
  const { place, title, text } = stops[at]
  const heading = useRef<HTMLHeadingElement>(null)
  useShortcut("Escape", onEnd)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    return markPlace(place)
  }, [place])
  return (
    <section
      aria-label="Tour"
      className="fixed inset-x-4 bottom-20 z-40 flex flex-col gap-3 border border-control-line bg-surface-1 p-4 shadow-lg md:inset-x-auto md:right-8 md:bottom-8 md:max-w-96 print:hidden"
    >
      <div className="flex flex-col gap-1">
        <h2 ref={heading} tabIndex={-1} className="font-semibold text-ink-strong outline-none">
          {title}
        </h2>
        <p>{text}</p>
      </div>
      <div className="flex items-center gap-2">
        <span className="grow text-sm text-ink-soft tabular-nums">{`${at + 1} of ${stops.length}`}</span>
        {at + 1 < stops.length && (
          <Button look="plain" onClick={onEnd}>
            Skip
          </Button>
        )}
        <Button look="primary" onClick={() => onGo(at + 1)}>
          {at + 1 < stops.length ? "Next" : "Done"}
        </Button>
      </div>
    </section>
  )
}

/** Outlines the place and brings it into sight; returns what takes the outline away. */
function markPlace(place: Stop["place"]): () => void {
  const part = document.querySelector(`[data-tour="${place}"]`)
  part?.setAttribute("data-tour-here", "")
  part?.scrollIntoView({ block: place === "answer" ? "center" : "start" })
  return () => part?.removeAttribute("data-tour-here")
}
