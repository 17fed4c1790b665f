import { database } from "./database.ts"
import { markPairing } from "./pairing-mark.ts"

/** This browser's place at its relay: there is one. */
export type Pairing = {
  name: "relay"
  deviceId: string
  /** Signs requests; no script can read it out. */
  key: CryptoKey
  /** Which start of the relay the proofs are for. */
  run: string
  /** The relay's clock less this browser's. */
  clockAheadMs: number
}

export async function findPairing(): Promise<Pairing | undefined> {
  const found = await database.pairing.get("relay")
  markPairing(found !== undefined)
  return found
}

export async function keepPairing(pairing: Omit<Pairing, "name">): Promise<void> {
  await database.pairing.put({ ...pairing, name: "relay" })
}

/** Notes which start of the relay answers now, and its clock. */
export async function notePairing(change: Pick<Pairing, "run" | "clockAheadMs">): Promise<void> {
  await database.pairing.update("relay", change)
}

export async function forgetPairing(): Promise<void> {
  await database.pairing.delete("relay")
}
