import { Link } from "@tanstack/react-router"

const tabs = [
  { to: "/bots", name: "Bots" },
  { to: "/accounts", name: "Accounts" },
  { to: "/bots/events", name: "Risk and events" },
] as const

/** What trades, where, and what happened. */
export function TradingTabs() {
  return (
    <nav aria-label="Trading" className="flex gap-4 overflow-x-auto border-b border-line">
      {tabs.map(({ to, name }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className="-mb-px border-b-2 border-transparent py-2 whitespace-nowrap text-ink-soft hover:text-ink-strong focus-visible:-outline-offset-2 data-[status=active]:border-accent data-[status=active]:text-ink-strong"
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
