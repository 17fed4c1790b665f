import { STASH } from "./stash-name.ts"

/**
 * Sees to it that what a closing window put aside gets into the database, by whichever window is there to do it: now,
 * and as soon as another window closes. Most visits find nothing, and load none of the code for it.
 */
export function watchLeftChanges(): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key?.startsWith(STASH) && newValue !== null) void writeAll()
  })
  try {
    if (Object.keys(localStorage).some((key) => key.startsWith(STASH))) void writeAll()
  } catch {
    // A browser that keeps nothing for us has kept nothing.
  }
}

async function writeAll(): Promise<void> {
  const { writeLeftChanges } = await import("./write-left-changes.ts")
  await writeLeftChanges()
}
