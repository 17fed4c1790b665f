import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { type RawData, WebSocket, WebSocketServer } from "ws"
import { isPublicStream, type Venue } from "#venues"
import type { Surroundings } from "../surroundings.ts"
import { guarded } from "./guarded.ts"
import { messageText } from "./message-text.ts"
import { Refusal } from "./refusal.ts"

const ADDRESS = /^\/api\/md\/(\w{1,20})\/stream(\/[^?#]*)?(\?[^#]*)?$/
const MOST_OPEN = 64
/** The largest frame from a page: a subscription needs no more. */
const MOST_FRAME_BYTES = 16 * 1024
const MOST_WAITING_FRAMES = 50
/** A page that reads this slowly is disconnected; it reconnects and catches up by REST. The same for an exchange. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024
const OPENING_MS = 15_000
/** A page that has not answered a ping by the next one is gone. */
const PING_EVERY_MS = 30_000

const nothingHere = new Refusal(404, "unknown-address", "There is no live stream at this address.")
const full = new Refusal(
  503,
  "too-many-streams",
  `Candlewright passes on ${MOST_OPEN} live streams at once, and all are in use. Close a tab and try again.`,
  { retryAfterS: 5 },
)

type Parts = { venues: readonly Venue[]; surroundings: Surroundings; onBug: (error: unknown) => void }
type Wanted = { venue: Venue; addresses: string[] }

/**
 * Passes public streams of venues on to pages: `/api/md/<venue>/stream/<the venue's own path>`. When either side
 * ends, both end.
 */
export class StreamPassThrough {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_FRAME_BYTES,
    perMessageDeflate: false,
  })
  private readonly open = new Set<PassedStream>()
  private readonly stopPings: () => void

  constructor(private readonly parts: Parts) {
    this.stopPings = parts.surroundings.every(PING_EVERY_MS, () => {
      for (const stream of this.open) stream.ping()
    })
  }

  /** Accepts an upgrade for a venue's stream, or answers why not. The caller has already checked the origin. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): Refusal | undefined {
    const wanted = this.wanted(request.url ?? "/")
    if (wanted === undefined) return nothingHere
    if (this.open.size >= MOST_OPEN) return full
    this.server.handleUpgrade(request, socket, head, (page) => {
      const stream: PassedStream = new PassedStream(page, wanted, {
        onBug: this.parts.onBug,
        onEnd: () => this.open.delete(stream),
      })
      this.open.add(stream)
      stream.begin()
    })
    return undefined
  }

  /** Ends every stream at once. */
  stop(): void {
    this.stopPings()
    for (const stream of this.open) stream.cut()
    this.server.close()
  }

  private wanted(url: string): Wanted | undefined {
    const [, id, path = "/", query = ""] = ADDRESS.exec(url) ?? []
    const venue = this.parts.venues.find((one) => one.id === id)
    if (venue === undefined || !isPublicStream(venue.dialect, path, query)) return undefined
    return { venue, addresses: venue.streams.map((origin) => origin + path + query) }
  }
}

/** One page, and the exchange's stream that feeds it. No exception leaves this class. */
class PassedStream {
  private upstream: WebSocket | undefined
  private waiting: string[] = []
  private isAlive = true

  constructor(
    private readonly page: WebSocket,
    private readonly wanted: Wanted,
    private readonly to: { onBug: (error: unknown) => void; onEnd: () => void },
  ) {}

  begin(): void {
    this.page
      .on("error", () => this.page.terminate())
      .on("pong", () => (this.isAlive = true))
      .on(
        "close",
        this.safe(() => this.ended()),
      )
      .on(
        "message",
        this.safe((data: RawData, isBinary: boolean) => this.hearPage(data, isBinary)),
      )
    this.safe(() => this.connect(this.wanted.addresses))()
  }

  ping(): void {
    if (!this.isAlive) return this.cut()
    this.isAlive = false
    this.page.ping()
  }

  cut(): void {
    this.page.terminate()
  }

  private safe<Given extends unknown[]>(handle: (...given: Given) => void): (...given: Given) => void {
    const failed = (error: unknown, ..._given: Given) => {
      this.to.onBug(error)
      this.cut()
    }
    return guarded(handle, failed)
  }

  private ended(): void {
    this.to.onEnd()
    this.upstream?.terminate()
  }

  private hearPage(data: RawData, isBinary: boolean): void {
    if (isBinary || this.waiting.length >= MOST_WAITING_FRAMES)
      return this.page.close(1008, "Only text, and little of it.")
    if (this.upstream?.readyState !== WebSocket.OPEN) return void this.waiting.push(messageText(data))
    if (this.upstream.bufferedAmount > MOST_UNREAD_BYTES) return this.cut()
    this.upstream.send(messageText(data))
  }

  /** Opens the exchange's stream at the first address that answers. */
  private connect([address, ...others]: string[]): void {
    if (this.page.readyState !== WebSocket.OPEN) return
    if (address === undefined) return this.page.close(1014, `${this.wanted.venue.name} cannot be reached right now.`)
    const upstream = new WebSocket(address, {
      handshakeTimeout: OPENING_MS,
      followRedirects: false,
      maxPayload: MOST_UNREAD_BYTES,
    })
    this.upstream = upstream
    let wasOpen = false
    upstream
      .on("error", () => upstream.terminate())
      .on(
        "open",
        this.safe(() => {
          wasOpen = true
          for (const frame of this.waiting.splice(0)) upstream.send(frame)
        }),
      )
      .on(
        "message",
        this.safe((data: RawData, isBinary: boolean) => this.pour(data, isBinary)),
      )
      .on(
        "close",
        this.safe((code: number, reason: Buffer) => (wasOpen ? end(this.page, code, reason) : this.connect(others))),
      )
  }

  private pour(data: RawData, isBinary: boolean): void {
    if (this.page.bufferedAmount > MOST_UNREAD_BYTES) return this.cut()
    this.page.send(data, { binary: isBinary })
  }
}

/**
 * Codes below 1000 and three status-only codes may not be sent: those pages lose their connection abruptly, as the
 * venue's socket did.
 */
function end(page: WebSocket, code: number, reason: Buffer): void {
  if (code < 1000 || [1004, 1005, 1006, 1015].includes(code)) page.terminate()
  else page.close(code, reason)
}
