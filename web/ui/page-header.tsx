import type { ReactNode } from "react"

/** The title of a page (also the tab's) with its one action. */
export function PageHeader({ title, action, children }: { title: string; action?: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <title>{`${title} · Candlewright`}</title>
      <div className="flex min-w-0 flex-col gap-1">
        <h1 className="text-lg font-semibold md:text-xl">{title}</h1>
        {children && <p className="max-w-[72ch] text-ink-soft">{children}</p>}
      </div>
      {action}
    </header>
  )
}
