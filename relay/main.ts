import { existsSync, readFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { getRequestListener } from "@hono/node-server"
import { createApp } from "./app.ts"
import { openDataDirectory } from "./door/data-directory.ts"
import { answerWith, listenLocally, type Listener } from "./door/listener.ts"
import { guardUpgrades } from "./door/upgrade-guard.ts"
import { webFilesIn } from "./door/web-files.ts"

/** What a caller may decide; what is left out comes from PORT and CANDLEWRIGHT_DATA, then from the defaults. */
export interface RelayOptions {
  /** 8787 unless said otherwise; the next free one is taken when it is busy, 0 takes any. */
  port?: number
  /** Where keys and journals lie: `~/.candlewright` unless said otherwise. */
  dataDir?: string
  /** The built app: build/web of this project unless said otherwise. */
  webDir?: string
  print?: (line: string) => void
}

/** A running relay. */
export interface Relay {
  url: string
  port: number
  /** Stops taking requests and lets running ones finish for two seconds. */
  stop(): Promise<void>
  /** Settles when the relay has stopped, by `stop` or by a signal (SIGTERM, SIGINT, SIGHUP). */
  stopped: Promise<void>
}

/**
 * Starts the relay, prints the one address to open, and stops it cleanly when a signal asks for it. Throws a sentence
 * for the person when the data directory is open to others or no port is free.
 */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const print = options.print ?? ((line: string) => console.log(line))
  const wantedPort = options.port ?? portFrom(process.env.PORT)
  await openDataDirectory(options.dataDir ?? dataDirectoryFrom(process.env.CANDLEWRIGHT_DATA))
  const webFiles = await webFilesIn(options.webDir ?? builtApp())
  const listener = await listenLocally(wantedPort)
  const app = createApp({ port: listener.port, version: ownVersion(), webFiles, onBug: (error) => console.error(error) })
  answerWith(listener, getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  for (const server of listener.servers) guardUpgrades(server, listener.port)
  if (listener.port !== wantedPort && wantedPort !== 0) print(`Port ${wantedPort} is taken, so Candlewright uses ${listener.port}.`)
  const relay = running(listener)
  print(`Candlewright is running at ${relay.url}`)
  return relay
}

function running(listener: Listener): Relay {
  const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const
  let stopping: Promise<void> | undefined
  let tellStopped = () => {}
  const stopped = new Promise<void>((resolve) => (tellStopped = resolve))
  const stop = () => (stopping ??= closeOnce())
  const onSignal = () => void stop()
  async function closeOnce() {
    // A second signal then ends the process at once, as the person who presses Ctrl-C twice expects.
    for (const signal of signals) process.off(signal, onSignal)
    await listener.close()
    tellStopped()
  }
  for (const signal of signals) process.on(signal, onSignal)
  return { url: `http://localhost:${listener.port}`, port: listener.port, stop, stopped }
}

function portFrom(text: string | undefined): number {
  if (text === undefined || text === "") return 8787
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`PORT is "${text}", which is no port number. Use a number from 1024 to 65535, such as 8787.`)
}

function dataDirectoryFrom(text: string | undefined): string {
  return text === undefined || text === "" ? join(homedir(), ".candlewright") : text
}

/** The bundled command lies in build/, beside the app; the source lies in relay/. */
function builtApp(): string {
  const beside = fileURLToPath(new URL("./web/", import.meta.url))
  return existsSync(join(beside, "index.html")) ? beside : fileURLToPath(new URL("../build/web/", import.meta.url))
}

/** Both build/ and relay/ lie directly under the project's root. */
function ownVersion(): string {
  const description = readFileSync(new URL("../package.json", import.meta.url), "utf8")
  return (JSON.parse(description) as { version: string }).version
}
