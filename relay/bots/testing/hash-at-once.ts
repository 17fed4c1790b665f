import { createHash } from "node:crypto"

const own = crypto.subtle.digest.bind(crypto.subtle)

/** Hashes are made in other threads, in real time: from here on at once, so that virtual time waits for them. */
export function hashAtOnce(): void {
  crypto.subtle.digest = async (...[algorithm, bytes]: Parameters<typeof own>) => {
    if (algorithm !== "SHA-256") return own(algorithm, bytes)
    const digest = createHash("sha256").update(bytesOf(bytes)).digest()
    return new Uint8Array(digest).buffer
  }
}

function bytesOf(bytes: Parameters<typeof own>[1]): Uint8Array {
  return ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)
}
