// Whether this browser is paired, known before the database is: the first screen waits for nothing else.

const KEY = "candlewright.paired"
const listeners = new Set<() => void>()
let isMarked = stored()

export function hasPairingMark(): boolean {
  return isMarked
}

/** Notes that this browser is paired, or no longer. */
export function markPairing(isPaired: boolean): void {
  if (isPaired === isMarked) return
  isMarked = isPaired
  try {
    if (isPaired) localStorage.setItem(KEY, "yes")
    else localStorage.removeItem(KEY)
  } catch {
    // A private window may refuse: the mark then lasts as long as the tab.
  }
  for (const listener of listeners) listener()
}

export function onPairingMark(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) === "yes"
  } catch {
    return false
  }
}
