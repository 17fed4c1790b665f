import { type LineSocket, type LineState, type LineWorld, LiveVenue, type SocketEars, type VenueId } from "#venues"
import { openVenue } from "./open-venue.ts"
import { provenStream } from "./relay-door.ts"
import { streamAddresses } from "./stream-address.ts"

/** An exchange's live prices and candles, for a worker. */
export function openLiveVenue(id: VenueId, onState: (state: LineState) => void): LiveVenue {
  const source = openVenue(id)
  const addresses = streamAddresses(source.venue, location.origin)
  return new LiveVenue({ source, addresses, world: browserWorld, onState })
}

/** The browser's own clock, chance, timers and sockets. */
const browserWorld: LineWorld = {
  nowMs: Date.now,
  random: Math.random,
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
  every: (ms, act) => {
    const timer = setInterval(act, ms)
    return () => clearInterval(timer)
  },
  openSocket,
}

function openSocket(address: string, { onOpen, onText, onClose }: SocketEars): LineSocket {
  let socket: WebSocket | undefined
  let isClosed = false
  const open = async () => {
    const proven = await provenStream(address)
    if (isClosed) return
    socket = new WebSocket(proven)
    socket.addEventListener("open", onOpen)
    socket.addEventListener("close", onClose)
    socket.addEventListener("message", ({ data }) => onText(String(data)))
  }
  open().catch(onClose)
  return {
    isOpen: () => socket?.readyState === WebSocket.OPEN,
    send: (text) => socket?.send(text),
    close: () => {
      isClosed = true
      socket?.close()
    },
  }
}
