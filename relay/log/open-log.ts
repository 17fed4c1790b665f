import { destination } from "pino"
import { sleep, type Surroundings } from "../surroundings.ts"
import { type Log, jsonLog } from "./log.ts"
import { logFormFrom } from "./log-form.ts"

const STDERR = 2
/** Lines wait in memory for a reader who is slow, and are dropped before they could weigh on bots. */
const MOST_WAITING_BYTES = 1_000_000
const WRITTEN_WITHIN_MS = 250

/** A log that can be ended: what it has is written, if somebody reads it. */
export type OpenLog = Log & { end(): Promise<void> }

/**
 * The log of this process, as its environment asks. Sentences go to stdout as ever, and into the log instead where it
 * was asked for by name. Throws a sentence for a form that there is not.
 */
export function openLog(environment: NodeJS.ProcessEnv, surroundings: Surroundings): OpenLog {
  const form = logFormFrom(environment, process.stderr.isTTY)
  const onTerminal = { said: (sentence: string) => console.log(sentence), bug: (text: string) => console.error(text) }
  if (form === "plain") return { ...onTerminal, answered: () => {}, end: async () => {} }
  const to = destination({ fd: STDERR, sync: false, maxLength: MOST_WAITING_BYTES })
  // A log that nobody can read any more ends nothing.
  to.on("error", () => {})
  const log = jsonLog({ form, surroundings, to })
  const written = () => new Promise<void>((resolve) => to.flush(() => resolve()))
  const end = () => Promise.race([written(), sleep(surroundings, WRITTEN_WITHIN_MS)])
  return { ...log, ...(environment.CANDLEWRIGHT_LOG ? {} : { said: onTerminal.said }), end }
}
