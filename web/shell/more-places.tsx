import { Ellipsis } from "lucide-react"
import type { ReactNode } from "react"

const MENU = "more-places"

/** On a phone the places that the bar has no room for, in a sheet above it. Esc and a touch elsewhere close it. */
export function MorePlaces({ children }: { children: ReactNode }) {
  return (
    <div className="group flex grow md:hidden">
      <button
        type="button"
        popoverTarget={MENU}
        className="flex grow flex-col items-center gap-0.5 rounded-md py-2 text-xs text-ink-soft transition-colors hover:text-ink-strong group-has-data-[status=active]:font-semibold group-has-data-[status=active]:text-accent"
      >
        <Ellipsis aria-hidden className="size-5" />
        More
      </button>
      <div
        id={MENU}
        popover="auto"
        onClick={({ currentTarget }) => currentTarget.hidePopover()}
        className="fixed inset-x-2 top-auto bottom-16 m-0 ml-auto w-44 rounded-md border border-line bg-surface-1 p-1 text-ink shadow-floating"
      >
        {children}
      </div>
    </div>
  )
}
