import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** What is answered instead of the exchange's own answer; undefined passes a request on. */
export type Echo = (request: IncomingMessage) => { status: number; body: string } | undefined

/** Stands before an exchange's REST address and, when told to, answers in its place: with whatever it was sent. */
export class EchoingExchange {
  echo: Echo = () => undefined
  /** How many requests it has answered itself. */
  echoed = 0
  readonly #server: Server

  private constructor(target: string) {
    this.#server = createServer((asked, answer) => this.#answer(asked, answer, target))
  }

  static async open(target: string): Promise<EchoingExchange> {
    const opened = new EchoingExchange(target)
    await new Promise<void>((resolve) => opened.#server.listen(0, "127.0.0.1", resolve))
    return opened
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  #answer(asked: IncomingMessage, answer: ServerResponse, target: string): void {
    const own = this.echo(asked)
    if (own !== undefined) {
      this.echoed++
      answer.writeHead(own.status, { "content-type": "application/json" }).end(own.body)
      return
    }
    const { method, headers } = asked
    const passed = request(target + asked.url, { method, headers }, (heard) => {
      answer.writeHead(heard.statusCode!, heard.headers)
      heard.pipe(answer)
    })
    asked.pipe(passed)
    for (const side of [passed, answer]) side.on("error", () => answer.destroy())
  }
}
