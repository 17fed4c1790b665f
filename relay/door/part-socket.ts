import type { Duplex } from "node:stream"

/** A caller that neither reads nor hangs up is cut off after this. */
export const GOODBYE_MS = 2_000

/**
 * Says `lastBytes` and hangs up. What the caller still sends is ignored, and a caller who keeps his own side open, or
 * never reads, is cut off: he must not keep a descriptor of ours. A socket that is gone already stays so.
 */
export function partSocket(socket: Duplex, lastBytes = ""): void {
  if (socket.destroyed) return
  const timer = setTimeout(() => socket.destroy(), GOODBYE_MS).unref()
  socket.once("close", () => clearTimeout(timer))
  socket.end(lastBytes)
  socket.resume()
}
