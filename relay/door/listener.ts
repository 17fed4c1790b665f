import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { quoted } from "#engine/candles"

/** Servers on both loopback addresses under one port number. */
export interface Listener {
  port: number
  servers: Server[]
  /** Requests that have come before there is anybody to answer them; `answerWith` answers them too. */
  early: Early
  /** Lets one more server, which listens already, be answered and closed with these. */
  add(server: Server): void
  /** Lets answers to whole requests finish for a second, and closes every other connection at once. */
  close(): Promise<void>
}

type Pair = [request: IncomingMessage, response: ServerResponse]

/** Requests that wait for the relay to be ready, a moment after it has its port. */
class Early {
  readonly #waiting: Pair[] = []
  #answer: ((...pair: Pair) => void) | undefined

  get count(): number {
    return this.#waiting.length
  }

  take(...pair: Pair): void {
    if (this.#answer) this.#answer(...pair)
    else this.#waiting.push(pair)
  }

  answerWith(answer: (...pair: Pair) => void): void {
    this.#answer = answer
    for (const pair of this.#waiting.splice(0)) answer(...pair)
  }
}

/** How many ports it tries, starting with the wanted one. */
const PORTS_TRIED = 20
const HIGHEST_PORT = 65_535
const MOST_HEADER_BYTES = 16 * 1024
/** Connections of one address; a browser opens six for each tab. Connections beyond this are closed. */
const MOST_CONNECTIONS = 512
/** Deadlines for a head and for a whole request; an idle connection is closed. */
const HEAD_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 30_000
const STILL_FOR_MS = 120_000
/** Clients that ask each minute keep their connection: one that is closed under a new request fails it. */
const KEPT_FOR_MS = 100_000
const LOOK_AFTER_MS = 2_000
const FINISH_WITHIN_MS = 1_000
const SWEEP_MS = 20

/**
 * Listens on 127.0.0.1 and ::1, never on an address another computer can reach. Takes the next free port when `port`
 * is busy (0 takes any); throws a sentence when `port` is no port, or none of twenty is free.
 */
export async function listenLocally(port: number): Promise<Listener> {
  if (!isPort(port)) throw new Error(noPort("The port", String(port)))
  const last = Math.min(port + PORTS_TRIED - 1, HIGHEST_PORT)
  for (let candidate = port; candidate <= last; candidate += 1) {
    const listener = await tryPort(candidate)
    if (listener) return listener
  }
  const taken = port === last ? `Port ${port} is taken` : `Ports ${port} to ${last} are all taken`
  throw new Error(`${taken}. Choose a free one with --port or PORT, and start again.`)
}

/** Whether a number may be a port; 0 is any free one. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT
}

/** Why the text that `name` has is no port. */
export function noPort(name: string, text: string): string {
  return `${name} is ${quoted(text)}, which is no port number. Use a whole number from 1024 to ${HIGHEST_PORT}, such as 8787, or 0 for any free one.`
}

/**
 * Gives every server of `listener` its request handler. `onBug` receives what the handler throws and what fails in
 * the servers themselves (no file descriptor left for a connection); they keep running.
 */
export function answerWith(
  { servers, early }: Listener,
  answer: RequestListener,
  onBug: (error: unknown) => void,
): void {
  for (const server of servers) server.on("error", onBug)
  early.answerWith((request, response) => {
    Promise.resolve()
      .then(() => answer(request, response))
      .catch((error: unknown) => {
        onBug(error)
        giveUp(response)
      })
  })
}

function giveUp(response: ServerResponse): void {
  if (response.headersSent) response.destroy()
  else response.writeHead(500, { connection: "close" }).end()
}

async function tryPort(port: number): Promise<Listener | undefined> {
  const four = await listen("127.0.0.1", port)
  if (four === "taken" || four === "no such address") return undefined
  const chosen = (four.address() as AddressInfo).port
  const six = await listen("::1", chosen)
  if (six === "taken") {
    four.close()
    return undefined
  }
  // A machine without IPv6 gets 127.0.0.1 alone.
  return listenerOf(chosen, six === "no such address" ? [four] : [four, six])
}

function listenerOf(port: number, bound: Server[]): Listener {
  const [servers, connections, early]: [Server[], Connections[], Early] = [[], [], new Early()]
  const add = (server: Server) => {
    servers.push(server)
    connections.push(followed(server))
    server.on("request", (request, response) => early.take(request, response))
  }
  bound.forEach(add)
  return { port, servers, early, add, close: () => closeAll(servers, connections) }
}

function listen(host: string, port: number): Promise<Server | "taken" | "no such address"> {
  const server = boundServer(createServer(serverBounds))
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve("taken")
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve("no such address")
      else reject(explained(error, port))
    }
    server.once("error", refused)
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", refused)
      resolve(server)
    })
  })
}

/** What a server is made with: how large a head may be, and how often its deadlines are looked at. */
export const serverBounds = { maxHeaderSize: MOST_HEADER_BYTES, connectionsCheckingInterval: LOOK_AFTER_MS }

/** Gives a server its most connections and its deadlines: for a head, a whole request, and a connection that is still. */
export function boundServer<Bound extends Server>(server: Bound): Bound {
  server.maxConnections = MOST_CONNECTIONS
  server.headersTimeout = HEAD_WITHIN_MS
  server.requestTimeout = REQUEST_WITHIN_MS
  server.timeout = STILL_FOR_MS
  server.keepAliveTimeout = KEPT_FOR_MS
  return server
}

function explained(error: NodeJS.ErrnoException, port: number) {
  if (error.code !== "EACCES") return error
  return new Error(`This computer does not let you use port ${port}. Set PORT to a number above 1024, such as 8787.`)
}

/** The connections of a server, each with the request that is being answered on it. */
type Connections = Map<Socket, IncomingMessage | undefined>

function followed(server: Server): Connections {
  const connections: Connections = new Map()
  server.on("connection", (socket) => {
    connections.set(socket, undefined)
    socket.once("close", () => connections.delete(socket))
  })
  server.on("request", (request, response) => {
    const { socket } = request
    connections.set(socket, request)
    response.once("close", () => connections.has(socket) && connections.set(socket, undefined))
  })
  return connections
}

async function closeAll(servers: Server[], connections: Connections[]) {
  const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
  // A request that never comes whole keeps nobody, and a browser keeps its connection after the answer.
  const closeUnanswered = () => {
    for (const [socket, request] of connections.flatMap((all) => [...all])) if (!request?.complete) socket.destroy()
  }
  closeUnanswered()
  const sweep = setInterval(closeUnanswered, SWEEP_MS)
  const force = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), FINISH_WITHIN_MS)
  await Promise.all(closed)
  clearInterval(sweep)
  clearTimeout(force)
}
