/** An address as it was signed, and the Authorization that stood in it. */
export type SignedAddress = { address: string; proof?: string }

/**
 * Takes the proof out of an address (`?proof=…`): where a browser cannot send a header, for a page opened in a tab or a
 * socket, it stands there, last. It is good once, so an address in a history or a log proves nothing.
 */
export function withoutProof(whole: string): SignedAddress {
  const [, address, proof] = /^(.*)[?&]proof=([\w.-]+)$/.exec(whole) ?? []
  return proof === undefined ? { address: whole } : { address, proof: `Proof ${proof}` }
}
