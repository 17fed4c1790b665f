import type { Completion } from "#engine/strategy"
import { classNames } from "../../ui/class-names.ts"

type CompletionListProps = { id: string; items: Completion[]; at: number; onPick: (item: Completion) => void }

/** The possible names, below the formula being typed. The field keeps the focus and moves through the list. */
export function CompletionList({ id, items, at, onPick }: CompletionListProps) {
  return (
    <ul
      id={`${id}-list`}
      role="listbox"
      aria-label="Names that fit"
      className="absolute top-full right-0 left-0 z-40 mt-1 rounded-md border border-line bg-surface-1 p-1 shadow-floating"
    >
      {items.map((item, n) => (
        <li
          key={item.name}
          id={`${id}-${n}`}
          role="option"
          aria-selected={n === at}
          className={classNames("cursor-pointer rounded-sm px-2 py-1", n === at && "bg-surface-2")}
          // Not on click: the field would lose the focus first.
          onPointerDown={(event) => (event.preventDefault(), onPick(item))}
        >
          <code className="font-mono text-sm text-ink-strong">{item.name}</code>
          <span className="block truncate text-xs text-ink-soft">{item.about}</span>
        </li>
      ))}
    </ul>
  )
}
