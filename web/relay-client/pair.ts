import { keepPairing } from "../db/pairing.ts"
import { answered, relay } from "./relay.ts"

/** Pairs this browser with the relay by a link's token. Throws `RelayRefusal` or `RelayAway`. */
export async function pairThisBrowser(token: string): Promise<void> {
  const { privateKey, ...json } = await newKey()
  await notePaired(await answered(relay.pair.$post({ json: { token, ...json } })), privateKey)
}

/** A key that cannot leave this browser: what it is called, its public part, and the private one to keep. */
export async function newKey() {
  const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
    "sign",
    "verify",
  ])
  const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", publicKey)
  return { name: browserName(), publicKey: { kty: "EC", crv: "P-256", x, y } as const, privateKey }
}

type Paired = { json: () => Promise<{ id: string; run: string; nowMs: number }> }

/** Keeps what the relay calls this browser from now on. */
export async function notePaired(answer: Paired, key: CryptoKey): Promise<void> {
  const { id, run, nowMs } = await answer.json()
  await keepPairing({ deviceId: id, key, run, clockAheadMs: nowMs - Date.now() })
}

/** What a person calls it: "Firefox on Windows". */
function browserName(): string {
  const { userAgent } = navigator
  const named = (names: string[]) => names.find((name) => userAgent.includes(name))
  const browser = named(["Edg", "OPR", "Firefox", "Chrome", "Safari"]) ?? "Browser"
  const system = named(["Android", "iPhone", "iPad", "Windows", "Mac", "Linux"]) ?? "a computer"
  return `${browserNames[browser] ?? browser} on ${system}`
}

const browserNames: Record<string, string> = { Edg: "Edge", OPR: "Opera", Chrome: "Chrome" }
