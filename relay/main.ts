import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { getRequestListener } from "@hono/node-server"
import { createApp, type AppDeps } from "./app.ts"
import { createHash } from "node:crypto"
import { engineFile } from "./built-engine.ts"
import { bugReporter } from "./bug-report.ts"
import { followsRealPrices } from "./accounts/exchange-kind.ts"
import { CallerGuard } from "./door/caller-guard.ts"
import { keyApproval } from "./desk/key-approval.ts"
import { openTrading, type Trading, troublesOf } from "./trading.ts"
import { VenueWays } from "./desk/venue-ways.ts"
import { healthOf } from "./health.ts"
import { Metrics } from "./metrics.ts"
import type { Log } from "./log/log.ts"
import { drainMsFrom } from "./drain.ts"
import { Readiness } from "./readiness.ts"
import type { Notices } from "./notifications/notices.ts"
import { openRecords } from "./records.ts"
import { pairingLink } from "./routes/people.ts"
import { usualDataDirectory } from "./store/data-directory.ts"
import { openRelayStore, type RelayStore } from "./store/relay-store.ts"
import { announceRelay, forgetRelay } from "./store/running-relay.ts"
import { answerWith, isPort, listenLocally, noPort, type Listener } from "./door/listener.ts"
import { Front } from "./door/front.ts"
import { listenRemotely } from "./door/remote-listener.ts"
import { remoteUseFrom } from "./door/remote-use.ts"
import { guardUpgrades } from "./door/upgrade-guard.ts"
import { webFilesIn } from "./door/web-files.ts"
import { type PaperDeps, PaperExchange } from "./exchange/paper-exchange.ts"
import { type PracticeExchange, type PracticeOptions, startPracticeExchange } from "./exchange/practice-exchange.ts"
import { StreamPassThrough } from "./door/stream-pass-through.ts"
import { ownVersion } from "./own-version.ts"
import { endable, realSurroundings, sleep, type Surroundings } from "./surroundings.ts"
import { standInsAmong, venuesFrom } from "./door/venue-override.ts"
import { practiceVenue, type Venue, venueOf } from "#venues"

/** A request that has left is answered by then, or its outcome is asked for at the next start, as after a crash. */
const FINISH_TRADING_WITHIN_MS = 1_000
const FINISH_NOTICES_WITHIN_MS = 250

/** What a caller may set; the rest comes from PORT and CANDLEWRIGHT_DATA, then from the defaults. */
export interface RelayOptions {
  /** 8787 by default; a busy port leads to the next free one, 0 takes any. */
  port?: number
  /** Folder of keys and journals: `~/.candlewright` by default. */
  dataDir?: string
  /** The built app: build/web of this project by default. */
  webDir?: string
  /** Options of the practice exchange (faster, for a test), or false for none. */
  practice?: PracticeOptions | false
  /** Clock, timers and chance: the machine's own by default. */
  surroundings?: Surroundings
  print?: (line: string) => void
  /** Hears of every answer to a request. */
  log?: Pick<Log, "answered">
  /** Receives our own bugs; prints them by default. */
  onBug?: (error: unknown) => void
}

/** A running relay. */
export interface Relay {
  url: string
  port: number
  /** The address that pairs one browser, once and within two minutes. */
  pairingLink: string
  /** The practice exchange; undefined when it could not start or was switched off. */
  practice: PracticeExchange | undefined
  /** Stops accepting requests, and lets what is under way finish for a second. */
  stop(): Promise<void>
  /** Settles when the relay has stopped, by `stop` or by a signal (SIGTERM, SIGINT, SIGHUP). */
  stopped: Promise<void>
}

/**
 * Starts the relay, prints the one address to open, and stops it cleanly when a signal asks for it. Throws a sentence
 * for the person when the data directory is open to others or in use, or no port is free.
 */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const print = options.print ?? ((line: string) => console.log(line))
  const onBug = options.onBug ?? bugReporter()
  const { surroundings, end: endTimers } = endable(options.surroundings ?? realSurroundings(onBug))
  const wantedPort = options.port ?? portFrom(process.env.PORT)
  const dataDirectory = options.dataDir ?? usualDataDirectory()
  const venues = venuesFrom(process.env.CANDLEWRIGHT_VENUES)
  const remoteUse = remoteUseFrom(process.env)
  const drainMs = drainMsFrom(process.env.CANDLEWRIGHT_DRAIN_SECONDS)
  const store = await openRelayStore({ dataDirectory, surroundings })
  try {
    const webFiles = await webFilesIn(options.webDir ?? builtApp(), surroundings)
    const listener = await listenLocally(wantedPort)
    const remote = remoteUse && (await listenRemotely(remoteUse, { surroundings, onBug }))
    if (remote) listener.add(remote)
    const front = new Front(listener.port, remoteUse?.address)
    const practice =
      options.practice === false
        ? undefined
        : await startPracticeExchange(
            { folder: join(dataDirectory, "practice"), ...options.practice },
            surroundings,
            print,
          )
    const paper = paperBeside({ dataDirectory, venues, surroundings, print })
    const ways = new VenueWays({ venues, practice, paper, surroundings })
    const checkKey = keyApproval({ ways, surroundings })
    const records = await openRecords({
      store,
      dataDirectory,
      surroundings,
      checkKey,
      openPaper: () => paper.open(),
      standIns: standInsAmong(venues),
    })
    const { killSwitch, notices, people, vault } = records
    const reachable = { ways, venues, practice, paper }
    const trading = openTrading({ store, dataDirectory, records, ...reachable, surroundings, print, onBug })
    const guard = new CallerGuard({ identify: people.identify, surroundings })
    const allVenues = [...practiceVenues(practice), ...venues]
    const health = healthOf({
      version: ownVersion(),
      engine: engineHash(),
      store,
      vault,
      killSwitch,
      practice: () => (options.practice === false ? "off" : practice?.isUp() ? "ok" : "away"),
      paper: () => paper.state,
      venues,
      bots: trading.bots,
      surroundings,
    })
    const metrics = new Metrics(health, [trading.figures.registry])
    const version = ownVersion()
    const readiness = new Readiness(health, surroundings)
    const stopping = new AbortController()
    const served = {
      ...trading,
      front,
      venues: allVenues,
      webFiles,
      surroundings,
      stopping: stopping.signal,
      onBug,
      guard,
      health,
      readiness,
      metrics,
      log: options.log,
      version,
    }
    const streams = serve(listener, { ...served, ...records })
    metrics.start()
    if ((await records.accounts.list()).some(followsRealPrices)) await paper.begin()
    await trading.bots.begin()
    await trading.hand.begin()
    await trading.jobs.begin()
    await trading.analyses.begin()
    await trading.forecasts.begin()
    notices.begin({ troubles: () => troublesOf(trading.bots, killSwitch), onBug })
    const link = pairingLink(front, people.pairing.offer().token)
    const isEnrolled = front.isPublic && (await people.devices.areThere())
    readiness.runs()
    const kept = {
      store,
      dataDirectory,
      metrics,
      trading,
      notices,
      readiness,
      drainMs,
      stopping,
      surroundings,
      endTimers,
    }
    const relay = running({ listener, practice, paper, streams, kept, link })
    await announceRelay(dataDirectory, { pid: process.pid, port: listener.port, token: people.ownerToken })
    if (vault.lockedBecause !== undefined) print(vault.lockedBecause)
    if (listener.port !== wantedPort && wantedPort !== 0)
      print(`Port ${wantedPort} is taken, so Candlewright uses ${listener.port}.`)
    print(`Candlewright is running at ${relay.url}`)
    if (front.isPublic) print(`Other computers open it at ${front.home}`)
    // Logs of a server are read by more than its owner: there the first link is the only one that is printed unasked.
    print(
      isEnrolled
        ? "`candlewright pair` prints a link that lets one more browser in."
        : `To let a browser in, within two minutes and once: ${link}`,
    )
    return relay
  } catch (error) {
    await store.close()
    endTimers()
    throw error
  }
}

type Beside = Pick<PaperDeps, "surroundings" | "print"> & { dataDirectory: string; venues: readonly Venue[] }

/** Paper trading at Binance's prices, or at those of its stand-in. */
function paperBeside({ dataDirectory, venues, ...deps }: Beside): PaperExchange {
  const { rest } = venues.find(({ id }) => id === "binance") ?? venueOf("binance")
  return new PaperExchange({ ...deps, feed: rest[0], folder: join(dataDirectory, "paper") })
}

function practiceVenues(practice: PracticeExchange | undefined): Venue[] {
  return practice === undefined
    ? []
    : [practiceVenue({ rest: practice.pages, stream: practice.pages.replace("http:", "ws:") })]
}

function serve(listener: Listener, served: AppDeps): StreamPassThrough {
  const { onBug, guard, front } = served
  const app = createApp(served)
  const streams = new StreamPassThrough(served)
  answerWith(listener, getRequestListener(app.fetch, { overrideGlobalObjects: false }), onBug)
  for (const server of listener.servers)
    guardUpgrades(server, front, { guard, take: (request, socket, head) => streams.take(request, socket, head), onBug })
  return streams
}

type Parts = {
  listener: Listener
  practice: PracticeExchange | undefined
  paper: PaperExchange
  streams: StreamPassThrough
  kept: {
    store: RelayStore
    dataDirectory: string
    metrics: Metrics
    trading: Trading
    notices: Notices
    readiness: Readiness
    drainMs: number
    stopping: AbortController
    surroundings: Surroundings
    endTimers: () => void
  }
  link: string
}

function running({ listener, practice, paper, streams, kept, link }: Parts): Relay {
  const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const
  let stopping: Promise<void> | undefined
  let settleStopped = () => {}
  const stopped = new Promise<void>((resolve) => (settleStopped = resolve))
  const stop = () => (stopping ??= closeOnce())
  const onSignal = () => void drained().then(stop)
  // A second signal then ends the process at once, as the person who presses Ctrl-C twice expects.
  const obeyNoMore = () => signals.forEach((signal) => process.off(signal, onSignal))
  async function drained() {
    obeyNoMore()
    kept.readiness.stops()
    if (kept.drainMs > 0) await sleep(kept.surroundings, kept.drainMs, kept.stopping.signal)
  }
  async function closeOnce() {
    obeyNoMore()
    kept.readiness.stops()
    kept.stopping.abort()
    streams.stop()
    kept.metrics.stop()
    // What is in flight has its time; what is not over then goes on from the disk, as after a crash.
    const answered = listener.close()
    await within(kept.surroundings, FINISH_TRADING_WITHIN_MS, kept.trading.close())
    const told = within(kept.surroundings, FINISH_NOTICES_WITHIN_MS, kept.notices.end())
    await Promise.all([answered, told, practice?.stop(), paper.stop()])
    await forgetRelay(kept.dataDirectory)
    await kept.store.close()
    kept.endTimers()
    settleStopped()
  }
  for (const signal of signals) process.on(signal, onSignal)
  const { port } = listener
  return { url: `http://localhost:${port}`, port, pairingLink: link, practice, stop, stopped }
}

async function within(surroundings: Surroundings, ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(surroundings, ms)])
}

function portFrom(text: string | undefined): number {
  if (text === undefined || text === "") return 8787
  const port = Number(text)
  if (isPort(port)) return port
  throw new Error(noPort("PORT", text))
}

/** The bundled command is in build/, beside the app; the source is in relay/. */
function builtApp(): string {
  const beside = fileURLToPath(new URL("./web/", import.meta.url))
  return existsSync(join(beside, "index.html")) ? beside : fileURLToPath(new URL("../build/web/", import.meta.url))
}

/** The engine's sha256; null before the first build. */
function engineHash(): string | null {
  const file = engineFile("engine.wasm")
  return file === undefined ? null : createHash("sha256").update(readFileSync(file)).digest("hex")
}
