import { bugReporter } from "../bug-report.ts"
import { type OpenLog, openLog } from "../log/open-log.ts"
import { startRelay } from "../main.ts"
import type { Surroundings } from "../surroundings.ts"
import { HonestNo, noPositionals, portOption, readWords, type Command } from "./command.ts"

const options = { port: { type: "string" }, data: { type: "string" } } as const

const help = `candlewright serve

Starts the app and its relay on this machine and prints the one address to open. Ctrl-C stops it.

  candlewright serve
  candlewright serve --port 9000 --data ~/candlewright-test

  --port 8787        the next free one is taken when it is busy; PORT in the environment does the same
  --data FOLDER      where keys and journals lie: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same

Whatever reads stderr but a terminal gets a line of JSON for each request and each mistake; CANDLEWRIGHT_LOG says
otherwise: plain, json, or google (docs/remote.md).

Other computers cannot reach it, unless CANDLEWRIGHT_PUBLIC_URL and who speaks TLS are set (docs/remote.md).`

/** `candlewright serve` */
export const serveCommand: Command = { help, run }

async function run(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const port = portOption("port", values.port)
  const log = openedLog(surroundings)
  const onBug = bugReporter({ print: log.bug })
  const asked = { port, dataDir: values.data, surroundings, onBug, log, print: log.said }
  const relay = await startRelay(asked).catch((error: Error) => {
    throw new HonestNo(error.message)
  })
  // The safety net under all handlers: a bug elsewhere must not end running bots.
  process.on("uncaughtException", onBug).on("unhandledRejection", onBug)
  await relay.stopped
  await log.end()
  // Everything is on the disk: a connection that lingers keeps nobody waiting.
  process.exit(0)
}

function openedLog(surroundings: Surroundings): OpenLog {
  try {
    return openLog(process.env, surroundings)
  } catch (error) {
    throw new HonestNo((error as Error).message)
  }
}
