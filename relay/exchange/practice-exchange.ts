import type { Worker } from "node:worker_threads"
import { sleep, type Surroundings } from "../surroundings.ts"
import { startThread } from "../thread.ts"
import type { PracticeAddresses, PracticeNews } from "./practice-worker.ts"
import type { SimulatedExchangeOptions } from "./simulated/simulated-exchange.ts"

/** Every installation practises on the same made-up markets, and finds yesterday again after a restart. */
const SEED = "practice"
/** Every bot and every open tab of this computer asks from one address. */
export const ownLimits = { weightPerMinute: 60_000, rawPer5Minutes: 610_000, connectionsPer5Minutes: 3_000 }
/** More than three years of history, months of minutes and a million log entries fit well within it. */
const MOST_MEMORY_MB = 1_024
/** A thread that dies restarts, but not for ever. */
const MOST_RESTARTS = 5
const RESTART_AFTER_MS = 1_000
const STOPS_WITHIN_MS = 500

/** The options that can cross to another thread: all but a price source. */
export type PracticeOptions = Omit<SimulatedExchangeOptions, "source" | "onSilent">

/** The exchange that runs beside the relay, in a thread of its own. */
export type PracticeExchange = PracticeAddresses & {
  /** Whether it runs now: a thread that died may be starting again. */
  isUp(): boolean
  stop(): Promise<void>
}

/**
 * Starts the practice exchange: in a thread of its own, so that it never holds up the relay, on its own loopback
 * ports, by default in real time and with made-up money. Its first key comes from chance, since the markets' seed is
 * public. With a folder it goes on where it was, keys included. Undefined when it cannot start; everything else must
 * still work.
 */
export async function startPracticeExchange(
  options: PracticeOptions,
  surroundings: Surroundings,
  print: (line: string) => void = () => {},
): Promise<PracticeExchange | undefined> {
  const keySeed = surroundings.secret()
  const wanted = { seed: SEED, keySeed, pagesPort: 0, weighs: "owner" as const, ...options }
  const thread = new PracticeThread({ ...wanted, limits: { ...ownLimits, ...options.limits } }, surroundings, print)
  try {
    return { ...(await thread.start()), isUp: () => thread.isUp, stop: () => thread.stop() }
  } catch (error) {
    print(
      `The practice exchange could not start (${(error as Error).message}). Everything else works; restart Candlewright to try again.`,
    )
    return undefined
  }
}

/** The exchange's thread. If it dies, another one takes its place at the same addresses. */
export class PracticeThread {
  worker: Worker | undefined
  /** It has started, and has not ended since. */
  isUp = false
  protected isStopping = false
  private restarts = 0

  constructor(
    private options: PracticeOptions,
    protected readonly surroundings: Surroundings,
    protected readonly print: (line: string) => void,
  ) {}

  async start(): Promise<PracticeAddresses> {
    const worker = (this.worker = startThread("practice-worker", import.meta.url, {
      data: this.options,
      mostMemoryMb: MOST_MEMORY_MB,
    }))
    worker.on("message", (news: PracticeNews) => "told" in news && this.print(news.told))
    let because = "it ended"
    worker.on("error", (error) => (because = error.message))
    const ended = new Promise<never>((_, reject) => worker.once("exit", () => reject(new Error(because))))
    const addresses = await Promise.race([ended, firstWord(worker)])
    this.options = { ...this.options, ...portsOf(addresses) }
    this.isUp = true
    ended.catch((error: Error) => void this.startAgain(error.message))
    return addresses
  }

  async stop(): Promise<void> {
    this.isStopping = true
    const { worker } = this
    if (!worker) return
    const ended = new Promise((resolve) => worker.once("exit", resolve))
    worker.postMessage("stop")
    const giveUp = this.surroundings.after(STOPS_WITHIN_MS, () => void worker.terminate())
    await ended
    giveUp()
  }

  protected async startAgain(because: string): Promise<void> {
    this.isUp = false
    if (this.isStopping) return
    this.worker = undefined
    if (this.restarts++ >= MOST_RESTARTS)
      return this.print(
        `The practice exchange stopped again (${because}). Everything else works; restart Candlewright to have it back.`,
      )
    const after = this.options.folder === undefined ? "its accounts begin anew" : "its accounts go on"
    this.print(`The practice exchange stopped (${because}) and starts again; ${after}.`)
    await sleep(this.surroundings, RESTART_AFTER_MS)
    if (!this.isStopping) await this.start().catch((error: Error) => this.startAgain(error.message))
  }
}

function firstWord(worker: Worker): Promise<PracticeAddresses> {
  return new Promise((resolve, reject) =>
    worker.on("message", (news: PracticeNews) => {
      if ("started" in news) resolve(news.started)
      if ("failed" in news) reject(new Error(news.failed))
    }),
  )
}

function portsOf({ rest, pages, control }: PracticeAddresses) {
  const portOf = (address: string) => Number(new URL(address).port)
  return { port: portOf(rest), pagesPort: portOf(pages), controlPort: portOf(control) }
}
