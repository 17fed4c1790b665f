import { once } from "node:events"
import { type AddressInfo, createServer } from "node:net"
import { DAY_MS, MINUTE_MS } from "#engine/candles"
import { sleep, type Surroundings } from "../surroundings.ts"
import { ownLimits, PracticeThread } from "./practice-exchange.ts"
import type { PracticeAddresses } from "./practice-worker.ts"

/** What is fetched of the past: what a bot looks back at, and the longest absence that is lived through afterwards. */
const HISTORY_MINUTES = (10 * DAY_MS) / MINUTE_MS
const AGAIN_AFTER_MS = 5_000
/** A relay that starts without a network does not wait longer for prices. */
const FIRST_PRICES_WITHIN_MS = 5_000

/** Where it listens, whether it has prices or not. */
export type PaperAddresses = Pick<PracticeAddresses, "rest" | "stream" | "wsApi" | "control" | "pages">

export type PaperDeps = {
  /** Origin of the real exchange's public data, or of its stand-in. */
  feed: string
  /** Where its accounts, orders and fills are kept. */
  folder: string
  surroundings: Surroundings
  /** Receives sentences for the person. */
  print: (line: string) => void
}

/**
 * The exchange of paper accounts at Binance: its real prices, a book and made-up money of our own. It runs in a thread
 * of its own from the first such account on, and always at the same addresses: without prices nobody answers there.
 */
export class PaperExchange {
  #addresses: PaperAddresses | undefined
  #thread: PaperThread | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(private readonly deps: PaperDeps) {}

  /** Undefined before there is an account for it. */
  get addresses(): PaperAddresses | undefined {
    return this.#addresses
  }

  /** Off before there is an account for it; away while it has no prices. */
  get state(): "ok" | "off" | "away" {
    if (this.#thread === undefined) return "off"
    return this.#thread.isUp ? "ok" : "away"
  }

  /** Starts it for a first account, and says whether it has prices now. Without them it does not start. */
  open(): Promise<boolean> {
    const opened = this.#last.then(() => this.#open())
    this.#last = opened.catch(() => {})
    return opened
  }

  /** Starts it for accounts that there are already: without prices it waits for them. */
  async begin(): Promise<void> {
    const thread = await this.#newThread()
    await Promise.race([thread.begin(), sleep(this.deps.surroundings, FIRST_PRICES_WITHIN_MS)])
  }

  async stop(): Promise<void> {
    await this.#thread?.stop()
  }

  async #open(): Promise<boolean> {
    if (this.#thread !== undefined) return this.#thread.isUp
    const thread = await this.#newThread()
    if (await thread.tryStart()) return true
    this.#thread = this.#addresses = undefined
    return false
  }

  async #newThread(): Promise<PaperThread> {
    const { feed: live, folder, surroundings, print } = this.deps
    const [port, pagesPort, controlPort] = await freePorts(3)
    const ports = { port, pagesPort, controlPort }
    const kept = { seed: "paper", keySeed: surroundings.secret(), folder, balances: {} }
    const followed = { live, liveMinutes: HISTORY_MINUTES }
    const options = { ...kept, ...followed, ...ports, weighs: "owner" as const, limits: ownLimits }
    this.#addresses = addressesOf(ports)
    return (this.#thread = new PaperThread(options, surroundings, print))
  }
}

/** Its thread: it ends when prices no longer come, and another one takes its place once they do. */
class PaperThread extends PracticeThread {
  tryStart(): Promise<boolean> {
    return this.start().then(
      () => true,
      () => false,
    )
  }

  async begin(): Promise<void> {
    if (!(await this.tryStart())) void this.startAgain()
  }

  protected override async startAgain(): Promise<void> {
    this.isUp = false
    if (this.isStopping) return
    this.print(
      "Paper trading at Binance's prices stands still: without new prices nothing is filled and nothing is lost. It goes on by itself when they come.",
    )
    while (!this.isUp) {
      this.worker = undefined
      await sleep(this.surroundings, AGAIN_AFTER_MS)
      if (this.isStopping) return
      await this.tryStart()
    }
    this.print("Binance's prices are back: paper trading goes on, and has lived through the time between.")
  }
}

function addressesOf({ port, pagesPort, controlPort }: Record<"port" | "pagesPort" | "controlPort", number>) {
  const host = `127.0.0.1:${port}`
  return {
    rest: `http://${host}/api/v3`,
    stream: `ws://${host}/ws`,
    wsApi: `ws://${host}/ws-api/v3`,
    control: `http://127.0.0.1:${controlPort}`,
    pages: `http://127.0.0.1:${pagesPort}`,
  }
}

/** Ports of this computer that nobody listens on. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"))
  await Promise.all(servers.map((server) => once(server, "listening")))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
