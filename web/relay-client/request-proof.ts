import type { Pairing } from "../db/pairing.ts"

/** What the relay wants signed of a request (relay/people/device-proof.ts). */
type Asked = { method: string; url: string; body: Uint8Array<ArrayBuffer> }

/** A proof that this request comes from the paired browser: its claims and their signature, base64url. */
export async function requestProof({ deviceId, key, run, clockAheadMs }: Pairing, asked: Asked): Promise<string> {
  const claims = {
    device: deviceId,
    method: asked.method,
    url: asked.url,
    timeMs: Date.now() + clockAheadMs,
    id: crypto.randomUUID(),
    run,
    body: base64url(await crypto.subtle.digest("SHA-256", asked.body)),
  }
  const signed = base64url(new TextEncoder().encode(JSON.stringify(claims)).buffer)
  const signature = await crypto.subtle.sign(ecdsa, key, new TextEncoder().encode(signed))
  return `${signed}.${base64url(signature)}`
}

const ecdsa = { name: "ECDSA", hash: "SHA-256" }

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")
}
