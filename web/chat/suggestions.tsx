import { classNames } from "../ui/class-names.ts"
import { metricDefinitions } from "#engine/result"
import type { WrittenStrategy } from "#engine/strategy"
import type { ChatSubject, ChatThread, RunFocus } from "../db/chat-thread.ts"
import type { ChatTurn } from "../db/chat-turn.ts"

type SuggestionsProps = {
  label: string
  words: readonly string[]
  /** In one line that scrolls sideways on a phone. */
  isLine?: boolean
  onSay: (words: string) => void
}

/** Things that can be said here, each by a press. */
export function Suggestions({ label, words, isLine = false, onSay }: SuggestionsProps) {
  if (words.length === 0) return null
  return (
    <ul
      aria-label={label}
      className={classNames("flex gap-2", isLine ? "overflow-x-auto py-1 md:flex-wrap" : "flex-wrap")}
    >
      {words.map((each) => (
        <li key={each} className={classNames(isLine && "shrink-0")}>
          <button
            type="button"
            onClick={() => onSay(each)}
            className="min-h-10 rounded-full border border-control-line px-4 py-1 text-left text-sm text-ink transition-colors hover:bg-surface-2 hover:text-ink-strong md:min-h-8 md:px-3"
          >
            {each}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What people say next, by what was answered last. */
export function nextWords(thread: ChatThread, newest: ChatTurn | undefined): readonly string[] {
  if (!newest) return thread.subject ? aboutWords(thread.subject) : []
  if (newest.reply?.kind !== "strategy") return []
  const [first, ...others] = changesOf(newest.reply.document)
  return newest.applied
    ? [first, "Why did it end like that?", ...others.slice(0, 1), "What is the Sharpe ratio?"]
    : [first, ...others]
}

/** Changes that make sense for a strategy as it is. */
function changesOf({ timeframe, series = {}, protect }: WrittenStrategy): string[] {
  const stop = protect?.stopLoss
  const percent = stop?.kind === "percent" && typeof stop.percent === "number" ? stop.percent : undefined
  const hasTrend = Object.values(series).some((formula) => formula.includes("200"))
  return [
    "Make it safer",
    ...(hasTrend ? [] : ["Only in an uptrend"]),
    percent !== undefined && percent > 2 ? "Stop loss 2 % instead" : "Stop loss 5 % instead",
    timeframe === "4h" ? "Use 1 hour" : "Use 4 hours",
  ]
}

function aboutWords(subject: ChatSubject): readonly string[] {
  if (subject.kind === "event") return []
  if (subject.kind === "strategy") return changesOf(subject.document)
  return [...focusWords(subject.focus), "Why did it end like that?", "Make it safer", "What is the worst dip?"]
}

function focusWords(focus: RunFocus | undefined): readonly string[] {
  switch (focus?.kind) {
    case "metric":
      return [`What is ${metricDefinitions.find(({ key }) => key === focus.key)?.label ?? focus.key}?`]
    case "trade":
      return ["Why this trade?"]
    case "candle":
      return ["Why did it, or did it not, trade at this candle?"]
    default:
      return []
  }
}
