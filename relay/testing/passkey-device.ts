import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto"

type Asked = { challenge: string; origin: string; host: string }
type Wrong = { isUnverified?: boolean; counter?: number; signedFor?: string }

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

/** A device that holds one passkey: what a phone's or a key's own software does, after WebAuthn level 3. */
export function passkeyDevice() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const { x, y } = publicKey.export({ format: "jwk" })
  const id = randomBytes(32)
  let uses = 0

  const dataOf = ({ host }: Asked, { isUnverified, counter }: Wrong, credential = Buffer.of()) => {
    const flags = USER_PRESENT | (isUnverified ? 0 : USER_VERIFIED) | (credential.length > 0 ? HAS_CREDENTIAL : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? ++uses)
    return Buffer.concat([sha256(host), Buffer.of(flags), count, credential])
  }
  const clientOf = (type: string, { challenge, origin }: Asked, { signedFor }: Wrong) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: signedFor ?? origin, crossOrigin: false }))
  const answerOf = (response: Record<string, Buffer | string>) => ({
    id: text(id),
    rawId: text(id),
    type: "public-key" as const,
    response: Object.fromEntries(Object.entries(response).map(([name, bytes]) => [name, text(bytes)])) as {
      clientDataJSON: string
    },
  })

  /** Makes the passkey. */
  const create = (asked: Asked, wrong: Wrong = {}) => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    const key = coseKey(Buffer.from(x!, "base64url"), Buffer.from(y!, "base64url"))
    const data = dataOf(asked, wrong, Buffer.concat([Buffer.alloc(16), length, id, key]))
    const attestationObject = Buffer.concat([
      Buffer.of(0xa3),
      cborText("fmt"),
      cborText("none"),
      cborText("attStmt"),
      Buffer.of(0xa0),
      cborText("authData"),
      cborBytes(data),
    ])
    return answerOf({ clientDataJSON: clientOf("webauthn.create", asked, wrong), attestationObject })
  }
  /** Shows it. */
  const show = (asked: Asked, wrong: Wrong = {}) => {
    const data = dataOf(asked, wrong)
    const client = clientOf("webauthn.get", asked, wrong)
    const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey)
    return answerOf({ clientDataJSON: client, authenticatorData: data, signature })
  }
  return { create, show }
}

function coseKey(x: Buffer, y: Buffer): Buffer {
  const named = [Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21), cborBytes(x), Buffer.of(0x22), cborBytes(y)]
  return Buffer.concat(named)
}

const LONG = 256

function cborBytes(bytes: Buffer): Buffer {
  const head =
    bytes.length < LONG ? Buffer.of(0x58, bytes.length) : Buffer.of(0x59, bytes.length >> 8, bytes.length % LONG)
  return Buffer.concat([head, bytes])
}

function cborText(letters: string): Buffer {
  return Buffer.concat([Buffer.of(0x60 + letters.length), Buffer.from(letters)])
}

function sha256(bytes: Buffer | string): Buffer {
  return createHash("sha256").update(bytes).digest()
}

function text(bytes: Buffer | string): string {
  return Buffer.from(bytes as Buffer).toString("base64url")
}
