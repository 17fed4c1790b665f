import type { KnownBeside, Reply } from "#engine/idea"
import { BackgroundWorker, WorkerStopped } from "../worker/background-worker.ts"
import type { IdeaApi } from "./idea-worker.ts"
import address from "./idea-worker.ts?worker&url"

let worker: BackgroundWorker<IdeaApi> | undefined

/** Starts the reader of ideas, which fetches its words while the person still writes. */
export function warmUpReader(): void {
  worker ??= new BackgroundWorker<IdeaApi>(address)
}

/** Longer than any sentence takes, a pasted script too. */
const LONGEST_MS = 20_000

/** What our own words make of a sentence. The screen does not wait for it. Throws in words. */
export async function readInBackground(say: string, known: KnownBeside): Promise<Reply> {
  warmUpReader()
  const late = setTimeout(stopReader, LONGEST_MS)
  try {
    return await worker!.call((remote) => remote.readIdea(say, known) as Promise<Reply>)
  } catch (error) {
    stopReader()
    throw error instanceof WorkerStopped ? new Error(TOO_LONG) : error
  } finally {
    clearTimeout(late)
  }
}

function stopReader(): void {
  worker?.stop()
  worker = undefined
}

const TOO_LONG = "This takes too long to read. Nothing was changed; say it in shorter sentences."
