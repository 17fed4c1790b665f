import { messageText } from "../../../door/message-text.ts"
import { guarded } from "../../../door/guarded.ts"
import type { Exchange } from "../exchange-state.ts"
import type { Door } from "../protocol/caller.ts"

/** What a connection needs of a socket. `ws` has it, and so has a socket inside the process. */
export interface Wire {
  readonly readyState: number
  readonly OPEN: number
  /** Bytes that wait because the other side reads too slowly. */
  readonly bufferedAmount: number
  send(text: string): void
  ping(text: string): void
  close(code: number, reason?: string): void
  /** Cuts the socket off without a close frame. */
  terminate(): void
  on(event: "message", listener: (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => void): unknown
  on(event: "ping" | "pong" | "close", listener: () => void): unknown
  on(event: "error", listener: (error: Error) => void): unknown
}

/** How often a socket is pinged and how long it may owe an answer, in real milliseconds. */
export type Heartbeat = { pingEveryMs: number; pongWithinMs: number }

export const documentedHeartbeat: Heartbeat = { pingEveryMs: 20_000, pongWithinMs: 60_000 }

/** The caller: the address as sent (path and query), and its door. */
export type Caller = { url: string; address: string; door: Door }

/** A client that reads this slowly is cut off. */
const MOST_UNREAD_BYTES = 16 * 1024 * 1024

/**
 * One open socket of a client, with Binance's rules: pinged every 20 seconds, closed after a minute without an
 * answer. Its failures affect only itself.
 */
export class Connection {
  readonly address: string
  readonly door: Door
  readonly url: URL
  readonly connectedMs: number
  /** Fires when the socket has closed. */
  readonly gone = new AbortController()
  /** Frozen: the socket stays open and nothing moves on it any more (F30). */
  isCutOff = false
  /** When the oldest ping without an answer was sent. */
  private unansweredMs: number | undefined
  private inbound = { second: 0, count: 0 }

  constructor(
    readonly socket: Wire,
    { url, address, door }: Caller,
    private readonly exchange: Pick<Exchange, "state" | "surroundings" | "report">,
    private readonly heartbeat: Heartbeat,
  ) {
    this.address = address
    this.door = door
    this.url = new URL(url, "ws://exchange")
    this.connectedMs = exchange.state.nowMs()
    socket.on("pong", () => (this.unansweredMs = undefined))
    socket.on("error", () => socket.terminate())
    socket.on("close", () => this.gone.abort())
  }

  send(message: unknown): void {
    if (this.isCutOff || this.socket.readyState !== this.socket.OPEN) return
    if (this.socket.bufferedAmount > MOST_UNREAD_BYTES) return this.socket.terminate()
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message))
  }

  onMessage(hear: (text: string, isBinary: boolean) => void): void {
    this.socket.on(
      "message",
      this.safely((data, isBinary) => hear(messageText(data), isBinary)),
    )
  }

  onPing(hear: () => void): void {
    this.socket.on("ping", this.safely(hear))
  }

  onClose(hear: () => void): void {
    this.socket.on("close", this.safely(hear))
  }

  /** Keeps pinging until the socket closes; `isQuiet` says whether to skip pings just now (F34). */
  keepAlive(isQuiet: () => boolean): void {
    const { surroundings } = this.exchange
    const stop = surroundings.every(this.heartbeat.pingEveryMs, () => {
      const nowMs = surroundings.steadyMs()
      if (this.unansweredMs !== undefined && nowMs - this.unansweredMs > this.heartbeat.pongWithinMs)
        return this.socket.terminate()
      if (this.isCutOff || isQuiet()) return
      this.unansweredMs ??= nowMs
      this.socket.ping(String(Math.round(nowMs)))
    })
    this.onClose(stop)
  }

  /** Counts an inbound message against `perSecond`; false when it is one too many. */
  mayReceive(perSecond: number): boolean {
    const second = Math.floor(this.exchange.surroundings.steadyMs() / 1_000)
    if (this.inbound.second !== second) this.inbound = { second, count: 0 }
    return ++this.inbound.count <= perSecond
  }

  private safely<Given extends unknown[]>(hear: (...given: Given) => void): (...given: Given) => void {
    return guarded(hear, (error, ..._given: Given) => {
      this.exchange.report(error)
      this.socket.terminate()
    })
  }
}
