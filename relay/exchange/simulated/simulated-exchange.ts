import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { getRequestListener } from "@hono/node-server"
import { boundServer } from "../../door/listener.ts"
import type { Surroundings } from "../../surroundings.ts"
import type { Exchange } from "./exchange-state.ts"
import { type OpenOptions, openWithWaysIn } from "./opened-exchange.ts"
import { answerOverHttp } from "./protocol/rest-server.ts"
import type { Door } from "./protocol/caller.ts"
import type { Sockets } from "./streams/sockets.ts"

/** Connections beyond this many are refused, on each port. */
const MOST_CONNECTIONS = 2_000

export type SimulatedExchangeOptions = OpenOptions & {
  /** 0 takes any free port. */
  port?: number
  controlPort?: number
  /** A second port for what pages ask through the relay: public data only, with rate limits of its own. */
  pagesPort?: number
  host?: string
}

export type SimulatedExchange = {
  /** Where programs reach it, by the names of the command's first line. */
  addresses: { rest: string } & Record<string, string>
  /** For ccxt's `urls.api.public` and `.private`, and with `/sapi/v1` instead of `/api/v3` for `.sapi`. */
  rest: string
  /** Binance's; empty where another protocol is spoken, whose `addresses` say what it has. */
  stream: string
  wsApi: string
  control: string
  /** Origin of the port for pages, if requested. */
  pages: string | undefined
  apiKey: string
  secret: string
  symbols: string[]
  exchange: Exchange
  sockets: Sockets
  /** Moves exchange time forward by hand. */
  advance(byMs: number): void
  stop(): Promise<void>
}

/**
 * Starts an exchange on the loopback interface that speaks one exchange's protocol. Stop it with `stop()`. `tell` receives
 * sentences for the person about what is kept on the disk.
 */
export async function startSimulatedExchange(
  options: SimulatedExchangeOptions,
  surroundings: Surroundings,
  tell?: (sentence: string) => void,
): Promise<SimulatedExchange> {
  const { host = "127.0.0.1", port = 0, controlPort = 0, pagesPort } = options
  const opened = await openWithWaysIn(options, surroundings, tell)
  const { exchange, rest, sockets, control, key, secret } = opened
  const openDoor = (door: Door) => {
    const server = createServer(answerOverHttp(rest, door))
    server.on("upgrade", (request, socket, head) => sockets.upgrade(request, socket, head, door))
    return server
  }
  const servers = new Servers(host, exchange.report)
  try {
    const programs = await servers.listen(openDoor("programs"), port)
    const addresses = opened.language.addresses(programs)
    const pages = pagesPort === undefined ? undefined : await servers.listen(openDoor("pages"), pagesPort)
    const controlServer = createServer(getRequestListener(control.fetch, { overrideGlobalObjects: false }))
    const controlAt = await servers.listen(controlServer, controlPort)
    return {
      addresses,
      rest: addresses.rest,
      stream: addresses.stream ?? "",
      wsApi: addresses.wsApi ?? "",
      control: `http://${controlAt}`,
      pages: pages && `http://${pages}`,
      apiKey: key.apiKey,
      secret,
      symbols: [...exchange.state.venue.markets.keys()],
      exchange,
      sockets,
      advance: opened.advance,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }

  async function stop() {
    opened.stop()
    await servers.close()
  }
}

/** Servers on one host that end together. */
class Servers {
  private readonly open: Server[] = []

  constructor(
    private readonly host: string,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Returns host and port. */
  async listen(server: Server, port: number): Promise<string> {
    server.maxConnections = MOST_CONNECTIONS
    boundServer(server)
    server.listen(port, this.host)
    await once(server, "listening")
    // When the process is out of descriptors (EMFILE), the server reports it and keeps its connections.
    server.on("error", this.report)
    this.open.push(server)
    return `${this.host}:${(server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    await Promise.all(
      this.open.map((server) => {
        server.closeAllConnections()
        return new Promise((resolve) => server.close(resolve))
      }),
    )
  }
}
