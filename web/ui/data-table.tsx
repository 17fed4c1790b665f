import {
  createColumnHelper,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table"
import { useVirtualizer } from "@tanstack/react-virtual"
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from "react"
import { classNames } from "./class-names.ts"
import { SortButton } from "./sort-button.tsx"
import { usePrinting } from "./use-printing.ts"

export type DataColumn<Item> = {
  key: string
  header: string
  cell: (item: Item) => ReactNode
  /** What the column is sorted by; without it the column cannot be sorted. */
  sortBy?: (item: Item) => number | string
  align?: "end"
  /** Left out where the table itself is narrower: 36 rem for "medium", 48 rem for "large", 56 rem for "wide". */
  from?: "medium" | "large" | "wide"
}

type DataTableProps<Item> = {
  label: string
  rows: Item[]
  columns: DataColumn<Item>[]
  /** The chosen item: highlighted, and kept in view. */
  selected?: Item
  onSelect?: (item: Item) => void
  /** The item another picture points at. */
  pointed?: Item
  /** Calls back with the item under the pointer, and with undefined when it leaves. */
  onPoint?: (item: Item | undefined) => void
  /** How tall the table may grow before it scrolls. */
  maxHeight?: string
}

const ROW_PX = 40
const MOST_PRINTED_ROWS = 2000
const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
})

/** A table of any length: only the rows in view exist. Headings sort, arrows move between rows, Enter chooses. */
export function DataTable<Item extends RowData>(props: DataTableProps<Item>) {
  const { label, rows, columns, selected, onSelect, pointed, onPoint, maxHeight = "max-h-96" } = props
  const table = useTable({
    features,
    columns: useMemo(() => columnDefs(columns), [columns]),
    data: rows as readonly RowData[],
  })
  const sorted = table.getRowModel().rows
  const isPrinting = usePrinting()
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: isPrinting ? MOST_PRINTED_ROWS : 8,
  })
  const items = virtual.getVirtualItems()
  const selectedAt = sorted.findIndex((row) => row.original === selected)
  useEffect(() => {
    if (selectedAt >= 0) virtual.scrollToIndex(selectedAt)
  }, [selectedAt, virtual])

  const choose = (at: number) => {
    const row = sorted[Math.max(0, Math.min(sorted.length - 1, at))]
    if (row) onSelect?.(row.original as Item)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = nextRow(event.key, selectedAt, sorted.length)
    if (at === undefined || event.target !== scroll.current) return
    event.preventDefault()
    choose(at)
  }
  const above = items[0]?.start ?? 0
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div
      ref={scroll}
      tabIndex={0}
      role="region"
      aria-label={label}
      onKeyDown={onKeyDown}
      onPointerLeave={onPoint && (() => onPoint(undefined))}
      className={classNames("@container overflow-auto border-y border-line", maxHeight)}
    >
      <table className="w-full border-collapse text-sm whitespace-nowrap" aria-rowcount={rows.length + 1}>
        <thead className="sticky top-0 z-10 bg-surface-0">
          <tr>
            {columns.map((column) => (
              <SortButton
                key={column.key}
                name={column.header}
                className={cellClass(column)}
                column={column.sortBy && table.getColumn(column.key)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} className="print:hidden" />}
          {items.map((item) => (
            <tr
              key={sorted[item.index].id}
              aria-rowindex={item.index + 2}
              aria-selected={onSelect ? item.index === selectedAt : undefined}
              onClick={onSelect && (() => choose(item.index))}
              onPointerEnter={onPoint && (() => onPoint(sorted[item.index].original as Item))}
              style={{ height: ROW_PX }}
              className={classNames(
                "border-t border-line",
                onSelect && "cursor-pointer hover:bg-surface-1",
                sorted[item.index].original === pointed && "bg-surface-1",
                item.index === selectedAt && "bg-surface-2 hover:bg-surface-2",
              )}
            >
              {columns.map((column) => (
                <td key={column.key} className={cellClass(column)}>
                  {column.cell(sorted[item.index].original as Item)}
                </td>
              ))}
            </tr>
          ))}
          {below > 0 && <tr aria-hidden style={{ height: below }} className="print:hidden" />}
        </tbody>
      </table>
    </div>
  )
}

const helper = createColumnHelper<typeof features, RowData>()

function columnDefs<Item>(columns: DataColumn<Item>[]) {
  return helper.columns(
    columns.map(({ key, sortBy }) =>
      helper.accessor((item) => sortBy?.(item as Item), {
        id: key,
        sortFn: "basic",
        enableSorting: sortBy !== undefined,
      }),
    ),
  )
}

const hiddenBelow = { medium: "@max-xl:hidden", large: "@max-3xl:hidden", wide: "@max-4xl:hidden" }

function cellClass<Item>(column: DataColumn<Item>): string {
  return classNames(
    "px-2",
    column.align === "end" ? "text-right" : "text-left",
    column.from && hiddenBelow[column.from],
  )
}

function nextRow(key: string, at: number, count: number): number | undefined {
  const page = 8
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }
  return steps[key]
}
