import type { LogEntry } from "../../../exchange/simulated/event-log.ts"
import { jsonRequest } from "./json-request.ts"
import { Program } from "./program.ts"

export type OwnKey = { accountId: number; apiKey: string; secret: string }

type Addresses = { rest: string; control: string }

/** How much faster than real time the exchange runs: an hour a minute. */
export const SPEED = 60

/** `candlewright exchange` in a process of its own, driven by its control plane. */
export class ExchangeProgram {
  readonly #entries: LogEntry[] = []
  #nextSequence = 0

  private constructor(
    private readonly program: Program,
    private readonly addresses: Addresses,
  ) {}

  static async start(seed: string): Promise<ExchangeProgram> {
    const program = new Program(["exchange", "--seed", seed, "--speed", String(SPEED), "--json"])
    const line = await program.hear(/^\{"rest".*\}$/m)
    return new ExchangeProgram(program, JSON.parse(line) as Addresses)
  }

  /** What makes a relay believe that this is Binance. */
  get standIn(): string {
    const { host } = new URL(this.addresses.rest)
    const venue = { rest: `http://${host}`, stream: `ws://${host}`, wsApi: `ws://${host}/ws-api/v3` }
    return JSON.stringify({ binance: venue })
  }

  openAccount(name: string): Promise<OwnKey> {
    return this.control("/accounts", { name, balances: { USDT: "10000" } }) as Promise<OwnKey>
  }

  control(path: string, body?: object): Promise<unknown> {
    return jsonRequest(this.addresses.control + path, { body })
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
