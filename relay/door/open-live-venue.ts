import { type RawData, WebSocket } from "ws"
import { type LineSocket, type LineState, LiveVenue, type SocketEars, type VenueSource } from "#venues"
import type { Surroundings } from "../surroundings.ts"
import { guarded } from "./guarded.ts"
import { messageText } from "./message-text.ts"

type LiveOptions = {
  surroundings: Surroundings
  /** Receives our own bugs. */
  onBug: (error: unknown) => void
  /** Address of the stream: the exchange's own by default. */
  addresses?: readonly string[]
  onState?: (state: LineState) => void
}

/** A market message is a few hundred bytes; a snapshot of many markets a few hundred thousand. */
const MOST_FRAME_BYTES = 4 * 1024 * 1024
const OPENING_MS = 15_000

/**
 * An exchange's live prices and candles for bots: over the same connection and with the same candles as in the
 * browser.
 */
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
    // We do not wait for the close handshake of a connection we gave up.
    close: () => socket.terminate(),
  }
}
