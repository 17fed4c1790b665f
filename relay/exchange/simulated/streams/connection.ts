import type { IncomingMessage } from "node:http"
import type { WebSocket } from "ws"

/** How often a socket is pinged and how long it may owe an answer, in real milliseconds. */
export type Heartbeat = { pingEveryMs: number; pongWithinMs: number }

export const documentedHeartbeat: Heartbeat = { pingEveryMs: 20_000, pongWithinMs: 60_000 }

/**
 * One open socket of a client, with the life Binance gives it: pinged every 20 seconds, closed after a minute without
 * an answer.
 */
export class Connection {
  readonly address: string
  readonly url: URL
  readonly connectedMs: number
  /** Cut off without a word: the socket stays open and nothing moves on it any more (F30). */
  isCutOff = false
  /** When the oldest ping without an answer was sent. */
  private unansweredMs: number | undefined
  private readonly heartbeat: Heartbeat
  private inbound = { second: 0, count: 0 }

  constructor(
    readonly socket: WebSocket,
    request: IncomingMessage,
    { nowMs, heartbeat }: { nowMs: number; heartbeat: Heartbeat },
  ) {
    this.address = request.socket.remoteAddress ?? "unknown"
    this.url = new URL(request.url ?? "/", "ws://exchange")
    this.connectedMs = nowMs
    this.heartbeat = heartbeat
    socket.on("pong", () => (this.unansweredMs = undefined))
    socket.on("error", () => socket.terminate())
  }

  send(message: unknown): void {
    if (!this.isCutOff && this.socket.readyState === this.socket.OPEN)
      this.socket.send(typeof message === "string" ? message : JSON.stringify(message))
  }

  /** Keeps pinging until the socket closes; `isQuiet` says whether pings are left out just now (F34). */
  keepAlive(isQuiet: () => boolean): void {
    const timer = setInterval(() => {
      const nowMs = performance.now()
      if (this.unansweredMs !== undefined && nowMs - this.unansweredMs > this.heartbeat.pongWithinMs)
        return this.socket.terminate()
      if (this.isCutOff || isQuiet()) return
      this.unansweredMs ??= nowMs
      this.socket.ping(String(Math.round(nowMs)))
    }, this.heartbeat.pingEveryMs)
    this.socket.on("close", () => clearInterval(timer))
  }

  /** Counts an inbound message against `perSecond`; false when it is one too many. */
  mayReceive(perSecond: number): boolean {
    const second = Math.floor(performance.now() / 1_000)
    if (this.inbound.second !== second) this.inbound = { second, count: 0 }
    return ++this.inbound.count <= perSecond
  }
}
