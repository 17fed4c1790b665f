import { findPairing } from "../db/pairing.ts"
import { requestProof } from "./request-proof.ts"

/** The proof for one socket to the relay; undefined where this browser is not paired. */
export async function streamProof(address: string): Promise<string | undefined> {
  const pairing = await findPairing()
  const url = address.replace(/^ws/, "http")
  return pairing && (await requestProof(pairing, { method: "GET", url, body: new Uint8Array() }))
}
