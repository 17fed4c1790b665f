import { useEffect, useState } from "react"

/**
 * What the browser says about keeping our data: "kept" survives a full disk, "best-effort" may be cleared, "unknown"
 * cannot be asked.
 */
export type Persistence = {
  state: "loading" | "kept" | "best-effort" | "unknown"
  usedBytes?: number
  quotaBytes?: number
}

/** The state of this browser's storage when the part was first shown, and a way to ask it to keep our data for good. */
export function usePersistence(): Persistence & { ask: () => Promise<void> } {
  const [persistence, setPersistence] = useState<Persistence>({ state: "loading" })
  useEffect(() => {
    let shown = true
    void look().then((now) => shown && setPersistence(now))
    return () => {
      shown = false
    }
  }, [])
  const ask = async () => {
    await navigator.storage.persist()
    setPersistence(await look())
  }
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
