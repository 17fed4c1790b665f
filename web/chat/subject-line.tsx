import { Link } from "@tanstack/react-router"
import { plainText } from "#engine/candles"
import type { ChatSubject } from "../db/chat-thread.ts"
import { parseSearch } from "../search-text.ts"

/** What the conversation is about, with the way back to it. */
export function SubjectLine({ subject }: { subject: ChatSubject }) {
  const words = plainText(subject.words, 160)
  return (
    <p data-testid="subject" className="border-l-2 border-accent py-1 pl-3 text-ink-soft">
      About{" "}
      {subject.kind === "run" ? (
        <Link
          to="/backtest"
          search={parseSearch(subject.address)}
          className="text-ink underline underline-offset-4 hover:text-ink-strong"
        >
          {words}
        </Link>
      ) : (
        <span className="text-ink">{words}</span>
      )}
    </p>
  )
}
