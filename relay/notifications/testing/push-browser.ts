import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto"
import type { PushKeys } from "../push-message.ts"

type Request = { body: Buffer; authorization: string }
type Signed = { aud: string; exp: number; sub: string }

/** A browser that has subscribed: what it gave away, and what only it can do. */
export type PushBrowser = {
  keys: PushKeys
  /** The text of a message for it (RFC 8188 and 8291, one record), written anew from the standards. */
  read(request: Pick<Request, "body">): string
  /** What the sender signed (RFC 8292). Throws where the signature is not of this pair. */
  signedBy(request: Pick<Request, "authorization">): Signed
}

export function pushBrowser(): PushBrowser {
  const own = createECDH("prime256v1")
  const p256dh = own.generateKeys()
  const auth = randomBytes(16)
  const pair = createECDH("prime256v1")
  const publicKey = pair.generateKeys()
  const text = (bytes: Buffer) => bytes.toString("base64url")
  return {
    keys: {
      p256dh: text(p256dh),
      auth: text(auth),
      publicKey: text(publicKey),
      privateKey: text(pair.getPrivateKey()),
    },
    read({ body }) {
      const salt = body.subarray(0, 16)
      const keyLength = body[20]
      const sender = body.subarray(21, 21 + keyLength)
      const about = Buffer.concat([Buffer.from("WebPush: info\0"), p256dh, sender])
      const shared = Buffer.from(hkdfSync("sha256", own.computeSecret(sender), auth, about, 32))
      const part = (info: string, length: number) => Buffer.from(hkdfSync("sha256", shared, salt, `${info}\0`, length))
      const sealed = body.subarray(21 + keyLength)
      const key = createDecipheriv(
        "aes-128-gcm",
        part("Content-Encoding: aes128gcm", 16),
        part("Content-Encoding: nonce", 12),
      )
      key.setAuthTag(sealed.subarray(-16))
      const padded = Buffer.concat([key.update(sealed.subarray(0, -16)), key.final()])
      return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8")
    },
    signedBy({ authorization }) {
      const [, head, claims, signature, by] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization)!
      const [x, y] = [publicKey.subarray(1, 33), publicKey.subarray(33)].map(text)
      const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" })
      const isOurs = verify(
        "sha256",
        Buffer.from(`${head}.${claims}`),
        { key, dsaEncoding: "ieee-p1363" },
        Buffer.from(signature, "base64url"),
      )
      if (!isOurs || by !== text(publicKey)) throw new Error("signed by somebody else")
      return JSON.parse(Buffer.from(claims, "base64url").toString()) as Signed
    },
  }
}
