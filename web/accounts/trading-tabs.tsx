import { Link } from "@tanstack/react-router"
import { useSyncExternalStore } from "react"
import { hasPairingMark, onPairingMark } from "../db/pairing-mark.ts"
import { askDifferences } from "../relay-client/differences.ts"
import { useWatched } from "../relay-client/use-watched.ts"

const tabs = [
  { to: "/bots", name: "Bots" },
  { to: "/accounts", name: "Accounts" },
  { to: "/bots/reconcile", name: "Inbox" },
  { to: "/bots/events", name: "Risk and events" },
] as const

/** What trades, where, what happened, and what its owner is asked. */
export function TradingTabs() {
  const isPaired = useSyncExternalStore(onPairingMark, hasPairingMark)
  return (
    <nav aria-label="Trading" className="flex flex-wrap gap-x-4 border-b border-line">
      {tabs.map(({ to, name }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className="-mb-px inline-flex items-center gap-2 border-b-2 border-transparent py-2 whitespace-nowrap text-ink-soft hover:text-ink-strong focus-visible:-outline-offset-2 data-[status=active]:border-accent data-[status=active]:text-ink-strong"
        >
          {name}
          {isPaired && to === "/bots/reconcile" && <QuestionCount />}
        </Link>
      ))}
    </nav>
  )
}

/** How many questions wait for an answer; nothing where none does. */
function QuestionCount() {
  const watched = useWatched(askDifferences)
  const count = watched.state === "ready" ? watched.value.filter(({ isIgnored }) => !isIgnored).length : 0
  if (count === 0) return null
  return (
    <span className="relative min-w-5 rounded-full border border-warn px-1.5 text-center text-xs font-semibold text-warn tabular-nums">
      {count}
      <span className="sr-only"> waiting</span>
    </span>
  )
}
