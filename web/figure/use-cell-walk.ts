import { type KeyboardEvent, useState } from "react"

type Cell = { row: string; column: string }

/** The cell of a map that is walked to by arrows or pointed at. */
export function useCellWalk(rows: readonly string[], columns: readonly string[]) {
  const [cell, point] = useState<Cell>()
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step || rows.length === 0 || columns.length === 0) return
    event.preventDefault()
    const at = cell ?? { row: rows[0], column: columns[0] }
    point({
      row: beside(rows, at.row, cell ? step.down : 0),
      column: beside(columns, at.column, cell ? step.across : 0),
    })
  }
  // Another map may have other rows.
  const isThere = cell && rows.includes(cell.row) && columns.includes(cell.column)
  return { cell: isThere ? cell : undefined, point, onKeyDown }
}

const steps: Record<string, { down: number; across: number } | undefined> = {
  ArrowUp: { down: -1, across: 0 },
  ArrowDown: { down: 1, across: 0 },
  ArrowLeft: { down: 0, across: -1 },
  ArrowRight: { down: 0, across: 1 },
}

function beside(names: readonly string[], name: string, step: number): string {
  const at = names.indexOf(name) + step
  return names[Math.max(0, Math.min(names.length - 1, at))]
}
