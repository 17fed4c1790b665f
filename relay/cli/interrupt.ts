import { rmSync } from "node:fs"
import { tell } from "./answer.ts"

// 128 and the signal's number, as shells count it.
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
type Signal = keyof typeof exitCodes

const unfinished = new Set<string>()

/** A file that is removed when the program is stopped before it is whole; call the answer when it is. */
export function beforeTheEnd(file: string): () => void {
  unfinished.add(file)
  return () => unfinished.delete(file)
}

/** From here on a signal ends the program with a sentence, unless a command listens for it itself. */
export function endOnSignals(): void {
  for (const signal of Object.keys(exitCodes) as Signal[])
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) end(signal)
    })
}

function end(signal: Signal): never {
  for (const file of unfinished) rmSync(file, { force: true })
  tell("Stopped. Nothing was left half done.")
  process.exit(exitCodes[signal])
}
