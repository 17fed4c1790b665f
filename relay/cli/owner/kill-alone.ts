import { printText } from "../answer.ts"
import { exitCodeOf } from "../obey.ts"
import { kill, killCommand } from "./kill.ts"

/** `candlewright kill` with nothing else loaded: it starts at once, and needs no package. Answers the exit code. */
export function killAlone(words: string[]): Promise<number> {
  const isHelp = words.includes("--help") || words.includes("-h")
  return exitCodeOf(["kill", ...words], ["kill"], () => (isHelp ? printText(`${killCommand.help}\n`) : kill(words)))
}
