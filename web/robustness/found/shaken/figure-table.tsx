type FigureTableProps = { label: string; columns: readonly string[]; rows: readonly string[][] }

/** A few named rows of figures; on a phone it scrolls sideways. */
export function FigureTable({ label, columns, rows }: FigureTableProps) {
  return (
    <div tabIndex={0} role="region" aria-label={label} className="overflow-x-auto">
      <table className="w-full text-right text-sm whitespace-nowrap tabular-nums">
        <thead>
          <tr className="text-ink-soft">
            {columns.map((name) => (
              <th key={name} scope="col" className="py-1 pl-4 font-medium first:pl-0 first:text-left">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name} className="h-8 border-t border-line">
              <th scope="row" className="text-left font-normal text-ink">
                {name}
              </th>
              {cells.map((cell, at) => (
                <td key={columns[at + 1]} className="pl-4 text-ink-strong">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
