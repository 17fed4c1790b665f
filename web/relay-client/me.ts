import { useEffect, useState } from "react"
import { findPairing } from "../db/pairing.ts"
import { answered, relay } from "./relay.ts"

/** Who the person at this browser is to the relay. */
export type Me = { id: string; name: string; role: "viewer" | "trader" | "owner" }

let asked: { deviceId: string; me: Promise<Me | undefined> } | undefined

/** Undefined where this browser is not paired, or the relay is away. It is asked once for each pairing. */
export async function findMe(): Promise<Me | undefined> {
  const pairing = await findPairing()
  if (pairing === undefined) return undefined
  if (asked?.deviceId !== pairing.deviceId) asked = { deviceId: pairing.deviceId, me: askMe() }
  const me = await asked.me
  if (me === undefined) asked = undefined
  return me
}

async function askMe(): Promise<Me | undefined> {
  try {
    const answer = await answered(relay.me.$get())
    return await answer.json()
  } catch {
    return undefined
  }
}

/** The same on a screen; undefined until it is known. */
export function useMe(): Me | undefined {
  const [me, setMe] = useState<Me>()
  useEffect(() => {
    let isOpen = true
    void findMe().then((found) => isOpen && setMe(found))
    return () => void (isOpen = false)
  }, [])
  return me
}
