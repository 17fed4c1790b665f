// Public prices pass through the relay for anybody on this computer; on the open internet only for a paired browser.

const isOpen = () => globalThis.location?.protocol === "https:"

/** Asks the relay to pass a question on. */
export async function askRelay(address: string, init: RequestInit): Promise<Response> {
  if (!isOpen()) return fetch(address, init)
  const { provenFetch } = await import("../relay-client/relay.ts")
  return provenFetch(address, init)
}

/** The address of a stream through the relay, good once. A socket cannot send a header, so its proof is in the address. */
export async function provenStream(address: string): Promise<string> {
  if (!isOpen() || new URL(address).host !== location.host) return address
  const { streamProof } = await import("../relay-client/stream-proof.ts")
  const proof = await streamProof(address)
  return proof === undefined ? address : `${address}${address.includes("?") ? "&" : "?"}proof=${proof}`
}
