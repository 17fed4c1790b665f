import type { RealVenueId } from "#venues"
import type { LogEntry } from "../../../exchange/simulated/event-log.ts"
import { jsonRequest } from "./json-request.ts"
import { kill9Venues } from "./kill9-venue.ts"
import { Program } from "./program.ts"

export type OwnKey = { accountId: number; apiKey: string; secret: string }

type Addresses = { rest: string; control: string; wsApi?: string }

/** `candlewright exchange` in a process of its own, driven by its control plane; it speaks as one of the real ones. */
export class ExchangeProgram {
  readonly #entries: LogEntry[] = []
  #nextSequence = 0

  private constructor(
    private readonly program: Program,
    private readonly addresses: Addresses,
    /** Whose protocol it speaks. */
    readonly venue: RealVenueId,
  ) {}

  static async start(
    seed: string,
    venue: RealVenueId = "binance",
    speed = kill9Venues[venue].speed,
  ): Promise<ExchangeProgram> {
    const program = new Program(["exchange", "--speak", venue, "--seed", seed, "--speed", String(speed), "--json"])
    const line = await program.hear(/^\{"rest".*\}$/m)
    return new ExchangeProgram(program, JSON.parse(line) as Addresses, venue)
  }

  /** What makes a relay believe that this is the real one. */
  get standIn(): string {
    const { rest, wsApi } = this.addresses
    const { host } = new URL(rest)
    return JSON.stringify({ [this.venue]: { rest: `http://${host}`, stream: `ws://${host}`, wsApi } })
  }

  openAccount(name: string): Promise<OwnKey> {
    const balances = { [kill9Venues[this.venue].quote]: "10000" }
    return this.control("/accounts", { name, balances }) as Promise<OwnKey>
  }

  control(path: string, body?: object): Promise<unknown> {
    return jsonRequest(this.addresses.control + path, { body })
  }

  /** What time it is there. */
  async nowMs(): Promise<number> {
    const { nowMs } = (await jsonRequest(this.addresses.control)) as { nowMs: number }
    return nowMs
  }

  async endFaults(): Promise<void> {
    await jsonRequest(`${this.addresses.control}/faults`, { method: "DELETE" })
  }

  /** Everything that has happened there until now. */
  async log(): Promise<readonly LogEntry[]> {
    const news = (await this.control(`/log?from=${this.#nextSequence}`)) as LogEntry[]
    this.#entries.push(...news)
    this.#nextSequence = (this.#entries.at(-1)?.sequence ?? -1) + 1
    return this.#entries
  }

  end(): Promise<void> {
    return this.program.kill()
  }
}
