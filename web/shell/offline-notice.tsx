import { useSyncExternalStore } from "react"
import { Notice } from "../ui/notice.tsx"

/** Shown while the network is away, because people then wonder what still works: here, all of it. */
export function OfflineNotice() {
  const online = useSyncExternalStore(onChange, () => navigator.onLine)
  if (online) return null
  return (
    <Notice kind="info">
      You are offline. Your candles and backtests are in this browser, so everything here still works.
    </Notice>
  )
}

function onChange(listener: () => void): () => void {
  addEventListener("online", listener)
  addEventListener("offline", listener)
  return () => {
    removeEventListener("online", listener)
    removeEventListener("offline", listener)
  }
}
