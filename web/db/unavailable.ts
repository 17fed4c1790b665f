/** The database errors of Dexie and browsers: https://dexie.org/docs/DexieErrors/DexieError */
const databaseFailures = /Dexie|Quota|OpenFailed|MissingAPI|DatabaseClosed|^AbortError$/

/** The sentence of `unavailableBecause` when the error is the database's, undefined for any other error. */
export function unavailableIfDatabase(error: unknown): string | undefined {
  return databaseFailures.test((error as Error | undefined)?.name ?? "") ? unavailableBecause(error) : undefined
}

/** Why we cannot keep anything, and what to do about it. */
export function unavailableBecause(error: unknown): string {
  if (isStorageFull(error))
    return "The disk space this browser gives to Candlewright is used up, so this was not saved. What is on this screen is not lost while it is open, and it can be exported. Delete candles you no longer need under Data, or free some space on the disk, and try again."
  return "This browser keeps no data for Candlewright: that is usual in a private window. The sample market still works; to import your own candles, open a normal window."
}

/** Whether an error means that this site's disk space is used up. */
export function isStorageFull(error: unknown): boolean {
  const names = [error, (error as { inner?: unknown } | undefined)?.inner].map(
    (each) => (each as Error | undefined)?.name,
  )
  return names.includes("QuotaExceededError")
}

/**
 * Tells of every write to the database that failed and that no screen answers for, such as a note or a rolled-back
 * version: nobody is left to believe that it was saved.
 */
export function watchFailedWrites(tell: (because: string) => void): void {
  addEventListener("unhandledrejection", (event) => {
    const because = unavailableIfDatabase(event.reason)
    if (because === undefined) return
    event.preventDefault()
    tell(because)
  })
}
