import { rmSync } from "node:fs"
import { report } from "./answer.ts"

// 128 plus the signal's number, as shells count.
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
type Signal = keyof typeof exitCodes

const unfinished = new Set<string>()

/** Removes a file or folder if the program stops before it is complete; call the returned function when it is. */
export function beforeTheEnd(file: string): () => void {
  unfinished.add(file)
  return () => unfinished.delete(file)
}

/** From here on a signal ends the program with a sentence, unless a command handles it itself. */
export function endOnSignals(): void {
  for (const signal of Object.keys(exitCodes) as Signal[])
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) end(signal)
    })
}

function end(signal: Signal): never {
  for (const file of unfinished) rmSync(file, { recursive: true, force: true })
  report("Stopped. Nothing was left half done.")
  process.exit(exitCodes[signal])
}
