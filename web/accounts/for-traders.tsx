import type { ReactNode } from "react"
import { useMe } from "../relay-client/me.ts"

/** What only somebody who trades may press; for a viewer it is closed, with the reason. */
export function ForTraders({ children }: { children: ReactNode }) {
  const me = useMe()
  if (me?.role !== "viewer") return children
  return (
    <fieldset disabled className="flex min-w-0 flex-col gap-3">
      <legend className="mb-3 text-sm text-ink-soft">
        You are here to look: a trader, or the owner of this account, can press these.
      </legend>
      {children}
    </fieldset>
  )
}
