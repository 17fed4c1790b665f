import type { BotView } from "../../bot-view.ts"
import { jsonRequest } from "./json-request.ts"
import { Program } from "./program.ts"

/** The built relay on a data folder; it may be killed and started again as often as one likes. */
export class RelayProgram {
  readonly #environment: Record<string, string>
  readonly #under: readonly string[]
  #program: Program | undefined
  #before = ""
  url = ""
  /** Of an admin. */
  token = ""

  constructor({ home, data, standIn, under = [] }: { home: string; data: string; standIn: string; under?: string[] }) {
    this.#under = under
    this.#environment = { HOME: home, CANDLEWRIGHT_DATA: data, CANDLEWRIGHT_VENUES: standIn, PORT: "0" }
  }

  /** What all its lives printed. */
  get said(): string {
    return this.#before + (this.#program?.said ?? "")
  }

  async start(): Promise<void> {
    this.#program = new Program(["serve"], this.#environment, this.#under)
    this.url = await this.#program.hear(/http:\/\/localhost:\d+/)
    if (this.token === "") this.token = await this.#newToken()
  }

  async kill(): Promise<void> {
    await this.#program?.kill()
    this.#before = this.said
    this.#program = undefined
  }

  ask(path: string, body?: object): Promise<unknown> {
    return jsonRequest(`${this.url}/api${path}`, { body, token: this.token })
  }

  bot(id: string): Promise<BotView> {
    return this.ask(`/bots/${id}`) as Promise<BotView>
  }

  async #newToken(): Promise<string> {
    const words = ["tokens", "create", "--name", "kill9", "--scope", "admin", "--json"]
    const printed = await new Program(words, this.#environment).whole()
    return (JSON.parse(printed) as { token: string }).token
  }
}
