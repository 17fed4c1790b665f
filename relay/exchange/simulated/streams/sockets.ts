import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { WebSocketServer } from "ws"
import { DAY_MS } from "#engine/candles"
import { guarded } from "../../../door/guarded.ts"
import { partSocket } from "../../../door/part-socket.ts"
import { type Caller, Connection, documentedHeartbeat, type Heartbeat, type Wire } from "./connection.ts"
import type { Exchange } from "../exchange-state.ts"
import { callerOf, type Door } from "../protocol/caller.ts"
import { isOwnProgram } from "../protocol/local-caller.ts"
import type { Carried, Line, Lines } from "./line.ts"

const MOST_FRAME_BYTES = 64 * 1024
const MOST_SOCKETS = 1_000

/** Which sockets: those that carry markets, those that carry an account, or both. */
export type SocketKind = Carried | "all"

/** Every open socket of one exchange. */
export class Sockets {
  readonly markets: Lines["markets"]
  readonly users: Lines["users"]
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MOST_FRAME_BYTES })

  constructor(
    private readonly exchange: Exchange,
    private readonly lines: Lines,
    private readonly heartbeat: Heartbeat = documentedHeartbeat,
  ) {
    this.markets = lines.markets
    this.users = lines.users
    exchange.state.venue.listen((event) => event.kind === "tick" && this.closeOld(event.atMs))
  }

  /** Accepts an upgrade of an HTTP server on a path of one of its lines, or refuses it; never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, door: Door): void {
    const refuse = (error: unknown) => {
      this.exchange.report(error)
      refuseUpgrade(socket, "500 Internal Server Error")
    }
    guarded(() => this.take(request, socket, head, door), refuse)()
  }

  /** Why a socket may not open, as an HTTP status; undefined when it may. */
  refusal({ url, address, door }: Caller): string | undefined {
    const { state, downUntilMs } = this.exchange
    this.exchange.catchUp()
    const path = url.split("?")[0]
    const line = this.lineFor(path, door)
    if (!line) return "404 Not Found"
    if (!URL.canParse(url, "ws://exchange")) return "400 Bad Request"
    if (state.venue.nowMs < downUntilMs || this.of("all").length >= MOST_SOCKETS) return "503 Service Unavailable"
    const caller = callerOf(state, { address, apiKey: undefined, door, operation: "connect" })
    const isFine = state.rateLimits.mayConnect(caller.name, state.nowMs()) && (line.mayConnect?.(address) ?? true)
    return isFine ? undefined : "429 Too Many Requests"
  }

  /** Accepts an open socket that passed `refusal`. */
  accept(wire: Wire, caller: Caller): void {
    const connection = new Connection(wire, caller, this.exchange, this.heartbeat)
    this.lineFor(connection.url.pathname, caller.door)!.accept(connection)
  }

  /** Closes sockets: with a code and a close frame, or, with code 1006, without. */
  close(kind: SocketKind, code: number): void {
    for (const { socket } of this.of(kind)) {
      if (code === 1006) socket.terminate()
      else socket.close(code)
    }
  }

  /** Freezes sockets: they stay open and never send anything again (F30). */
  cutOff(kind: SocketKind): void {
    for (const connection of this.of(kind)) connection.isCutOff = true
  }

  /** Announces a shutdown on every socket and closes it (F33). */
  shutDown(closeAfterMs: number): void {
    const event = { e: "serverShutdown", E: this.exchange.state.nowMs() }
    for (const line of this.lines.all)
      for (const connection of line.connections) {
        const words = line.goodbye?.(event, connection)
        if (words !== undefined) connection.send(words)
      }
    const leaving = this.of("all")
    this.exchange.surroundings.after(closeAfterMs, () => leaving.forEach(({ socket }) => socket.close(1000)))
  }

  /** Ends everything at once. */
  stop(): void {
    for (const { socket } of this.of("all")) socket.terminate()
    this.server.close()
  }

  /** The open ones. */
  of(kind: SocketKind): Connection[] {
    const lines = this.lines.all.filter(({ carries }) => kind === "all" || carries.includes(kind))
    return lines.flatMap(({ connections }) => connections)
  }

  private lineFor(path: string, door: Door): Line | undefined {
    return this.lines.all.find((line) => line.takes(path, door))
  }

  private take(request: IncomingMessage, socket: Duplex, head: Buffer, door: Door): void {
    socket.on("error", () => socket.destroy())
    const { host, origin, "sec-fetch-site": site } = request.headers
    if (!isOwnProgram({ host, origin, site: site as string | undefined })) return refuseUpgrade(socket, "403 Forbidden")
    const caller: Caller = { url: request.url ?? "/", address: request.socket.remoteAddress ?? "unknown", door }
    const refusal = this.refusal(caller)
    if (refusal !== undefined) return refuseUpgrade(socket, refusal)
    this.server.handleUpgrade(request, socket, head, (wire) => this.accept(wire, caller))
  }

  private closeOld(nowMs: number): void {
    for (const { socket, connectedMs } of this.of("all")) if (nowMs - connectedMs >= DAY_MS) socket.close(1000)
  }
}

function refuseUpgrade(socket: Duplex, status: string): void {
  partSocket(socket, `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
