import { classNames } from "../ui/class-names.ts"
import type { ChatThread } from "../db/chat-thread.ts"
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
  if (newest.reply?.kind === "strategy") return newest.applied ? afterTest : changes
  return []
}

const changes = ["Make it safer", "Only in an uptrend", "Stop loss 3 % instead", "Use 15 minutes"]
const afterTest = ["Make it safer", "Why did it end like that?", "Only in an uptrend", "What is the Sharpe ratio?"]

function aboutWords({ kind }: NonNullable<ChatThread["subject"]>): readonly string[] {
  if (kind === "run") return ["Why did it end like that?", "Make it safer", "What is the worst dip?"]
  return kind === "strategy" ? changes : []
}
