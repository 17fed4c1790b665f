import type { SealedKey } from "../../db/model-settings.ts"

/** What the sealing costs whoever guesses: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const ITERATIONS = 600_000
export const LEAST_PASSPHRASE_LETTERS = 8

/** Keys of this window, open until it closes. They are never written anywhere. */
const open = new Map<string, string>()

/** The key, where it is open in this window. */
export function openKey(id: string): string | undefined {
  return open.get(id)
}

/** Keeps a key for this window alone; its id. */
export function keepForWindow(key: string): string {
  const id = crypto.randomUUID()
  open.set(id, key)
  return id
}

export function forgetKey(id: string): void {
  open.delete(id)
}

/** Seals a key that is open in this window under a passphrase. */
export async function sealKey(id: string, passphrase: string): Promise<SealedKey> {
  const key = open.get(id)
  if (key === undefined) throw new Error("a key is open while it is sealed")
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))]
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: bytesOf(id) },
    await keyFrom(passphrase, salt),
    bytesOf(key),
  )
  return { id, salt: toText(salt), iv: toText(iv), sealed: toText(new Uint8Array(sealed)), last: key.slice(-4) }
}

/** Opens a sealed key for this window; false where the passphrase is another. */
export async function unsealKey({ id, salt, iv, sealed }: SealedKey, passphrase: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: fromText(iv), additionalData: bytesOf(id) },
      await keyFrom(passphrase, fromText(salt)),
      fromText(sealed),
    )
    open.set(id, new TextDecoder().decode(key))
    return true
  } catch {
    return false
  }
}

async function keyFrom(passphrase: string, salt: BufferSource): Promise<CryptoKey> {
  const words = await crypto.subtle.importKey("raw", bytesOf(passphrase.normalize("NFKC")), "PBKDF2", false, [
    "deriveKey",
  ])
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS },
    words,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  )
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function toText(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromText(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
