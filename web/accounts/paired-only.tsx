import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { findPairing } from "../db/pairing.ts"
import { useKept } from "../db/use-kept.ts"
import { buttonClass } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Notice } from "../ui/notice.tsx"
import { Skeleton } from "../ui/skeleton.tsx"

/** What only a paired browser sees; another one reads what it would find here (`what`) and how it is paired. */
export function PairedOnly({ what, children }: { what: ReactNode; children: ReactNode }) {
  const pairing = useKept(findPairing)
  if (pairing.state === "loading") return <Waiting />
  if (pairing.state === "unavailable") return <Notice kind="error">{pairing.because}</Notice>
  if (pairing.value) return children
  return (
    <EmptyState
      title="Pair this browser first"
      action={
        <div className="flex flex-wrap gap-2">
          <Link to="/settings" hash="devices" className={buttonClass("primary")}>
            How pairing works
          </Link>
          <Link to="/templates" className={buttonClass("quiet")}>
            Look at strategies
          </Link>
        </div>
      }
    >
      <div className="flex flex-col gap-2">
        {what}
        <p>
          It is done by the Candlewright that runs on this computer, so that it goes on when this tab is closed. Only
          browsers that you let in may tell it what to do: open the link that it printed when it started, or print
          another one with <code className="font-mono text-ink">npx candlewright pair</code>.
        </p>
      </div>
    </EmptyState>
  )
}

/** The room of a list that is on its way. */
export function Waiting() {
  return (
    <div aria-busy className="flex flex-col gap-3">
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-16 w-full" />
    </div>
  )
}
