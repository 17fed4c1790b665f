import type { Venue } from "#venues"

/**
 * The addresses of an exchange's stream for a page at `origin`, the preferred one first: directly, else through the
 * relay that serves the page.
 */
export function streamAddresses({ id, streams, streamPath }: Venue, origin: string): string[] {
  const relay = `${origin.replace(/^http/, "ws")}/api/md/${id}/stream${streamPath}`
  return [...streams.slice(0, 1).map((host) => host + streamPath), relay]
}
