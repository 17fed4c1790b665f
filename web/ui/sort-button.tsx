import { ArrowDown, ArrowUp } from "lucide-react"

type Sortable = { getIsSorted: () => false | "asc" | "desc"; toggleSorting: () => void }

/** A table heading; when its column can be sorted, a button that does so and says which way. */
export function SortButton({ name, className, column }: { name: string; className: string; column?: Sortable }) {
  if (!column) return <th className={`${className} h-10 font-medium text-ink-soft`}>{name}</th>
  const order = column.getIsSorted()
  const Arrow = order === "asc" ? ArrowUp : ArrowDown
  return (
    <th
      className={`${className} h-10 font-medium`}
      aria-sort={order === "asc" ? "ascending" : order === "desc" ? "descending" : "none"}
    >
      <button
        type="button"
        onClick={() => column.toggleSorting()}
        className="inline-flex min-h-6 items-center gap-1 text-ink-soft hover:text-ink-strong"
      >
        {name}
        <Arrow aria-hidden className={`size-3 ${order ? "" : "opacity-0"}`} />
      </button>
    </th>
  )
}
