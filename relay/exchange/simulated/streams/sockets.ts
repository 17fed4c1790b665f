import type { IncomingMessage, Server } from "node:http"
import type { Duplex } from "node:stream"
import { WebSocketServer } from "ws"
import { Connection, documentedHeartbeat, type Heartbeat } from "./connection.ts"
import type { Exchange } from "../protocol/dispatch.ts"
import { isLocalCaller } from "../protocol/local-caller.ts"
import { MarketStreams } from "./market-streams.ts"
import { Refusal } from "../refusal.ts"
import { UserStream } from "./user-stream.ts"
import { WebSocketApi } from "../protocol/websocket-api.ts"

const MOST_FRAME_BYTES = 64 * 1024
const CONNECT_WEIGHT = 2
const DAY_MS = 86_400_000

/** Which sockets are meant: those of the market streams, those of the WebSocket API, or both. */
export type SocketKind = "market" | "api" | "all"

/** Every open socket of one exchange. */
export class Sockets {
  readonly markets: MarketStreams
  readonly users: UserStream
  readonly api: WebSocketApi
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MOST_FRAME_BYTES })

  constructor(
    private readonly exchange: Exchange,
    private readonly heartbeat: Heartbeat = documentedHeartbeat,
  ) {
    const { venue } = exchange.state
    this.markets = new MarketStreams(venue)
    this.users = new UserStream(venue)
    this.api = new WebSocketApi(exchange, this.users)
    venue.listen((event) => event.kind === "tick" && this.closeOld(event.atMs))
  }

  /** Takes upgrades of an HTTP server on `/ws…`, `/stream` and `/ws-api/v3`. */
  attach(server: Server): void {
    server.on("upgrade", (request, socket, head) => this.upgrade(request, socket, head))
  }

  /** Closes sockets as given: with a code and a goodbye, or, with code 1006, without. */
  close(kind: SocketKind, code: number): void {
    for (const { socket } of this.of(kind)) {
      if (code === 1006) socket.terminate()
      else socket.close(code)
    }
  }

  /** Cuts sockets off: they stay open and never say anything again (F30). */
  cutOff(kind: SocketKind): void {
    for (const connection of this.of(kind)) connection.isCutOff = true
  }

  /** Announces a shutdown on every socket and closes it (F33). */
  shutDown(closeAfterMs: number): void {
    const event = { e: "serverShutdown", E: this.exchange.state.nowMs() }
    for (const connection of this.of("market"))
      connection.send(
        connection.url.pathname.startsWith("/stream") ? { stream: "!serverShutdown", data: event } : event,
      )
    for (const connection of this.of("api")) connection.send({ event })
    const leaving = this.of("all")
    setTimeout(() => leaving.forEach(({ socket }) => socket.close(1000)), closeAfterMs)
  }

  /** Ends everything at once. */
  stop(): void {
    for (const { socket } of this.of("all")) socket.terminate()
    this.server.close()
  }

  private of(kind: SocketKind): Connection[] {
    return [...(kind === "api" ? [] : this.markets.connections), ...(kind === "market" ? [] : this.api.connections)]
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy())
    this.exchange.catchUp()
    const { state } = this.exchange
    const path = (request.url ?? "/").split("?")[0]
    const isApi = path === "/ws-api/v3"
    const isMarket = path === "/stream" || path === "/ws" || path.startsWith("/ws/")
    const { host, origin, "sec-fetch-site": site } = request.headers
    if (!isLocalCaller({ host, origin, site: site as string | undefined }))
      return refuseUpgrade(socket, "403 Forbidden")
    if (!isApi && !isMarket) return refuseUpgrade(socket, "404 Not Found")
    if (state.venue.nowMs < this.exchange.downUntilMs) return refuseUpgrade(socket, "503 Service Unavailable")
    if (!state.rateLimits.mayConnect(request.socket.remoteAddress ?? "unknown", state.nowMs()))
      return refuseUpgrade(socket, "429 Too Many Requests")
    if (isApi && !this.mayCost(request)) return refuseUpgrade(socket, "429 Too Many Requests")
    this.server.handleUpgrade(request, socket, head, (accepted) => {
      const connection = new Connection(accepted, request, { nowMs: state.nowMs(), heartbeat: this.heartbeat })
      if (isApi) this.api.accept(connection)
      else this.markets.accept(connection)
    })
  }

  /** Connecting to the WebSocket API weighs as much as two small requests. */
  private mayCost(request: IncomingMessage): boolean {
    const { rateLimits, nowMs } = this.exchange.state
    try {
      rateLimits.useWeight(request.socket.remoteAddress ?? "unknown", CONNECT_WEIGHT, nowMs())
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }

  private closeOld(nowMs: number): void {
    for (const { socket, connectedMs } of this.of("all")) if (nowMs - connectedMs >= DAY_MS) socket.close(1000)
  }
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
