import { type RawData, WebSocket } from "ws"
import { type LineSocket, type LineState, LiveVenue, type SocketEars, type VenueSource } from "#venues"
import type { Surroundings } from "../surroundings.ts"
import { guarded } from "./guarded.ts"
import { messageText } from "./message-text.ts"

type LiveOptions = {
  surroundings: Surroundings
  /** Hears of our own mistakes. */
  onBug: (error: unknown) => void
  /** Where the stream may be had: the exchange's own addresses unless said otherwise. */
  addresses?: readonly string[]
  onState?: (state: LineState) => void
}

/** A market message is some hundred bytes; a snapshot of many markets some hundred thousand. */
const MOST_FRAME_BYTES = 4 * 1024 * 1024
const OPENING_MS = 15_000

/** An exchange's live prices and candles as bots hear them: the same line and the same candles as in the browser. */
export function openLiveVenue(
  source: VenueSource,
  { surroundings, onBug, addresses, onState }: LiveOptions,
): LiveVenue {
  const { streams, streamPath } = source.venue
  return new LiveVenue({
    source,
    addresses: addresses ?? streams.map((origin) => origin + streamPath),
    world: { ...surroundings, openSocket: (address, ears) => openSocket(address, ears, onBug) },
    onState,
  })
}

function openSocket(address: string, ears: SocketEars, onBug: (error: unknown) => void): LineSocket {
  const socket = new WebSocket(address, {
    handshakeTimeout: OPENING_MS,
    followRedirects: false,
    maxPayload: MOST_FRAME_BYTES,
  })
  socket
    .on("error", () => socket.terminate())
    .on("open", guarded(ears.onOpen, onBug))
    .on("close", guarded(ears.onClose, onBug))
    .on(
      "message",
      guarded((data: RawData) => ears.onText(messageText(data)), onBug),
    )
  return {
    isOpen: () => socket.readyState === WebSocket.OPEN,
    send: (text) => socket.send(text),
    // Nobody waits for the goodbye of a line that was given up.
    close: () => socket.terminate(),
  }
}
