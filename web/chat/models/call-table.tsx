import type { ReactNode } from "react"

type CallTableProps = {
  label: string
  /** Of the columns; the first two hold words, the others figures. */
  titles: readonly string[]
  /** Its rows. */
  children: ReactNode
}

/** Calls of models in columns, which a phone moves sideways. */
export function CallTable({ label, titles, children }: CallTableProps) {
  return (
    <div tabIndex={0} role="region" aria-label={label} className="overflow-x-auto">
      <table className="w-full text-sm">
        <thead>
          <tr className="text-ink-soft">
            {titles.map((title, at) => (
              <th key={title} scope="col" className={`py-1.5 pr-4 font-medium ${at < 2 ? "text-left" : "text-right"}`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
