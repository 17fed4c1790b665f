import { createHash } from "node:crypto"

const own = crypto.subtle.digest.bind(crypto.subtle)

/** Hashes are made in other threads, in real time: from here on at once, so that virtual time waits for them. */
export function hashAtOnce(): void {
  crypto.subtle.digest = async (...[algorithm, bytes]: Parameters<typeof own>) => {
    if (algorithm !== "SHA-256") return own(algorithm, bytes)
    const digest = createHash("sha256")
      .update(bytes as Uint8Array)
      .digest()
    return new Uint8Array(digest).buffer
  }
}
