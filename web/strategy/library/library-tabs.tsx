import { Link } from "@tanstack/react-router"
import { useUndoKey } from "../../ui/use-undo-key.ts"

const tabs = [
  { to: "/library", name: "Strategies" },
  { to: "/library/runs", name: "Runs" },
] as const

/** The two halves of the library; Ctrl Z takes back there what was just done. */
export function LibraryTabs() {
  useUndoKey()
  return (
    <nav aria-label="Library" className="flex gap-4 border-b border-line">
      {tabs.map(({ to, name }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          className="-mb-px border-b-2 border-transparent py-2 text-ink-soft hover:text-ink-strong data-[status=active]:border-accent data-[status=active]:text-ink-strong"
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
