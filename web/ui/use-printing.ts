import { useSyncExternalStore } from "react"

let isPrinting = false

/** Whether the page is laid out for paper: what draws only what is in view then draws all of it. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => isPrinting)
}

function subscribe(listener: () => void): () => void {
  const ended = new AbortController()
  const hear = (event: Event) => {
    isPrinting = event.type === "beforeprint"
    listener()
  }
  for (const name of ["beforeprint", "afterprint"]) addEventListener(name, hear, { signal: ended.signal })
  return () => ended.abort()
}
