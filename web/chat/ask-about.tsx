import { Link } from "@tanstack/react-router"
import { MessageSquareText } from "lucide-react"
import type { ChatSubject } from "../db/chat-thread.ts"
import { buttonClass } from "../ui/button.tsx"

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** What a conversation begins at; the history of the window holds it until something is said. */
    subject?: ChatSubject
  }
}

type AskAboutProps = {
  subject: ChatSubject
  /** What the link says. */
  words?: string
  /** Within a sentence or an explanation. */
  isInline?: boolean
}

/** The way from something on a screen to a conversation about it. */
export function AskAbout({ subject, words = "Ask about this", isInline = false }: AskAboutProps) {
  return (
    <Link to="/chat" search={{}} state={{ subject }} className={isInline ? inlineClass : buttonClass("quiet")}>
      <MessageSquareText aria-hidden className="size-4 shrink-0" />
      {words}
    </Link>
  )
}

const inlineClass =
  "inline-flex min-h-6 items-center gap-1.5 self-start text-sm underline underline-offset-4 hover:text-ink-strong"
