import { useState } from "react"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { usePersistence } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { formatBytes } from "../ui/number-format.ts"
import { StorageLost } from "./storage-lost.tsx"

const ASKED = "candlewright.asked-to-keep-data"

/**
 * How much is kept, how much room there is, whether the browser has promised not to clear it, and what it has cleared
 * nevertheless.
 */
export function StorageLine({ markets }: { markets: SavedMarket[] }) {
  const { state, usedBytes, quotaBytes, ask } = usePersistence()
  const [asked, setAsked] = useState(wasAsked)
  const answer = (act?: () => Promise<void>) => {
    rememberAsked()
    setAsked(true)
    void act?.()
  }
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => answer(ask)}>Keep my data</Button>
      <Button look="plain" onClick={() => answer()}>
        Not now
      </Button>
    </div>
  )
  return (
    <>
      <StorageLost />
      {state === "best-effort" && markets.length > 0 && !asked && (
        <Notice kind="info" action={actions}>
          When a disk runs full, a browser may clear what sites have stored, these candles too. You can ask it to keep
          Candlewright's data; it may decide without asking you back. The question stays open under Settings.
        </Notice>
      )}
      <p className="min-h-5 text-sm text-ink-soft">
        {usedBytes !== undefined &&
          quotaBytes !== undefined &&
          `${formatBytes(usedBytes)} used of about ${formatBytes(quotaBytes)} this browser allows. `}
        {state === "kept" && "The browser has promised to keep it."}
      </p>
    </>
  )
}

function wasAsked(): boolean {
  try {
    return localStorage.getItem(ASKED) !== null
  } catch {
    return false
  }
}

function rememberAsked() {
  try {
    localStorage.setItem(ASKED, "yes")
  } catch {
    return // asked again next time
  }
}
