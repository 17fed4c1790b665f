import type { ReactNode } from "react"

/** A screen or part with nothing in it yet: what will be here, and the one thing to do about it. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 border-t border-line py-10">
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="max-w-[60ch] text-ink-soft">{children}</div>
      {action}
    </div>
  )
}
