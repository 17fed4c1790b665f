import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { WebSocket, WebSocketServer } from "ws"
import { messageText } from "./message-text.ts"
import { isPublicStream, type Venue } from "#venues"

const ADDRESS = /^\/api\/md\/(\w{1,20})\/stream(\/.*)?$/
const MOST_OPEN = 64
const MOST_QUERY_LENGTH = 4_096
/** A frame from the page is a subscription, never more. */
const MOST_FRAME_BYTES = 16 * 1024
const MOST_WAITING_FRAMES = 50
/** A page that reads this much too slowly is let go; it asks again and catches up by REST. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024
const OPENING_MS = 15_000

/**
 * Passes public streams of venues on to pages: `/api/md/<venue>/stream/<the venue's own path>`. What either side
 * ends, ends on both.
 */
export class StreamPassThrough {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_FRAME_BYTES,
    perMessageDeflate: false,
  })
  private readonly open = new Set<WebSocket>()

  constructor(private readonly venues: readonly Venue[]) {}

  /**
   * Takes an upgrade that is meant for a venue's stream; false when it is for something else or not allowed. The
   * caller has judged who asks.
   */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const wanted = this.wanted(request.url ?? "/")
    if (wanted === undefined || this.open.size >= MOST_OPEN) return false
    this.server.handleUpgrade(request, socket, head, (page) => this.join(page, wanted))
    return true
  }

  /** Ends every stream at once. */
  stop(): void {
    for (const socket of this.open) socket.terminate()
    this.server.close()
  }

  private wanted(text: string): { venue: Venue; addresses: string[] } | undefined {
    const { pathname, search } = new URL(text, "ws://relay")
    const [, id, path = "/"] = ADDRESS.exec(pathname) ?? []
    const venue = this.venues.find((one) => one.id === id)
    if (venue === undefined || !isPublicStream(venue.dialect, path) || search.length > MOST_QUERY_LENGTH)
      return undefined
    return { venue, addresses: venue.streams.map((origin) => origin + path + search) }
  }

  private join(page: WebSocket, { venue, addresses }: { venue: Venue; addresses: string[] }): void {
    this.open.add(page)
    const waiting: string[] = []
    const upstream: { socket: WebSocket | undefined } = { socket: undefined }
    page.on("error", () => page.terminate())
    page.on("close", () => {
      this.open.delete(page)
      upstream.socket?.terminate()
    })
    page.on("message", (data, isBinary) => {
      if (isBinary || waiting.length >= MOST_WAITING_FRAMES) return page.close(1008, "Only text, and little of it.")
      if (upstream.socket?.readyState === WebSocket.OPEN) upstream.socket.send(messageText(data))
      else waiting.push(messageText(data))
    })
    const connect = ([address, ...others]: string[]) => {
      if (page.readyState !== WebSocket.OPEN) return
      if (address === undefined) return page.close(1014, `${venue.name} cannot be reached right now.`)
      upstream.socket = follow(address, page, { onOpen: () => waiting.splice(0), onUnreachable: () => connect(others) })
    }
    connect(addresses)
  }
}

/** Opens a venue's stream and pours it into a page. */
function follow(
  address: string,
  page: WebSocket,
  { onOpen, onUnreachable }: { onOpen: () => string[]; onUnreachable: () => void },
): WebSocket {
  const venue = new WebSocket(address, {
    handshakeTimeout: OPENING_MS,
    followRedirects: false,
    maxPayload: MOST_UNREAD_BYTES,
  })
  let wasOpen = false
  venue.on("open", () => {
    wasOpen = true
    for (const frame of onOpen()) venue.send(frame)
  })
  venue.on("message", (data, isBinary) => {
    if (page.bufferedAmount > MOST_UNREAD_BYTES) return page.terminate()
    page.send(data, { binary: isBinary })
  })
  venue.on("error", () => venue.terminate())
  venue.on("close", (code, reason) => {
    if (!wasOpen) onUnreachable()
    else end(page, code, reason)
  })
  return venue
}

/**
 * Codes below 1000, and the three that only say how a socket ended, may not be sent: those pages are cut off as the
 * venue's socket was.
 */
function end(page: WebSocket, code: number, reason: Buffer): void {
  if (code < 1000 || [1004, 1005, 1006, 1015].includes(code)) page.terminate()
  else page.close(code, reason)
}
