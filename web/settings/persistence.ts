import { useCallback, useEffect, useState } from "react"

/** What the browser says about keeping our data: "kept" survives a full disk, "best-effort" may be cleared, "unknown" cannot be asked. */
export type Persistence = { state: "loading" | "kept" | "best-effort" | "unknown"; usedBytes?: number; quotaBytes?: number }

/** The state of this browser's storage, and a way to ask it to keep our data for good. `refreshOn` looks again when it changes. */
export function usePersistence(refreshOn?: unknown): Persistence & { ask: () => Promise<void> } {
  const [persistence, setPersistence] = useState<Persistence>({ state: "loading" })
  const refresh = useCallback(async () => setPersistence(await look()), [])
  const ask = useCallback(async () => {
    await navigator.storage.persist()
    await refresh()
  }, [refresh])
  useEffect(() => void refresh(), [refresh, refreshOn])
  return { ...persistence, ask }
}

async function look(): Promise<Persistence> {
  // The storage manager exists in secure contexts only; Firefox's private windows refuse to answer.
  if (!navigator.storage?.persisted) return { state: "unknown" }
  try {
    const [kept, { usage, quota }] = await Promise.all([navigator.storage.persisted(), navigator.storage.estimate()])
    return { state: kept ? "kept" : "best-effort", usedBytes: usage, quotaBytes: quota }
  } catch {
    return { state: "unknown" }
  }
}
