import { changeDraft } from "../../db/kept-strategy.ts"
import { afterWindow, forgetStash, type Stash, stashedChanges, stashesOfOthers } from "./stashed-changes.ts"

const awaited = new Set<string>()

/**
 * Writes what other windows put aside, each as soon as its window is gone: one that lives writes its own. Where the same
 * place was changed since, what stands there becomes a version, as with every change from two windows.
 */
export async function writeLeftChanges(): Promise<void> {
  await Promise.all(stashesOfOthers().map(writeOnce))
}

async function writeOnce(stash: Stash): Promise<void> {
  if (awaited.has(stash.key)) return
  awaited.add(stash.key)
  try {
    await afterWindow(stash.windowId, () => write(stash))
  } catch {
    // A database out of reach says so on the screen; what was put aside stays where it is.
  } finally {
    awaited.delete(stash.key)
  }
}

async function write(stash: Stash): Promise<void> {
  const changes = stashedChanges(stash)
  if (changes.length > 0) await changeDraft(stash.strategyId, changes)
  forgetStash(stash)
}
