/** What a PEM holds, as far as its text shows. */
export type PemKind = "ec" | "rsa" | "ed25519" | "public" | "other"

const LINE_LENGTH = 64
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

/** Names of algorithms inside a key, as they are encoded (RFC 8410, RFC 5480, RFC 8017). */
const algorithms: { kind: PemKind; bytes: number[] }[] = [
  { kind: "ec", bytes: [0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01] },
  { kind: "rsa", bytes: [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01] },
  { kind: "ed25519", bytes: [0x06, 0x03, 0x2b, 0x65, 0x70] },
]

/** Whether somebody meant this as a PEM. */
export function isPem(text: string): boolean {
  return text.includes("-----BEGIN ")
}

/**
 * A PEM as programs read it, however it was pasted: on one line, with spaces, in quotation marks, or with "\n" written
 * out. A text without a whole one stays as it is.
 */
export function wholePem(text: string): string {
  const { label, body } = partsOf(text) ?? {}
  if (label === undefined || body === undefined) return text
  const lines = body.match(new RegExp(`.{1,${LINE_LENGTH}}`, "g")) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n")
}

export function pemKind(text: string): PemKind {
  const { label, body } = partsOf(text) ?? {}
  if (label === undefined || body === undefined) return "other"
  if (label.endsWith("PUBLIC KEY")) return "public"
  if (label === "EC PRIVATE KEY") return "ec"
  if (label === "RSA PRIVATE KEY") return "rsa"
  const bits = bitsOf(body)
  const named = algorithms.find(({ bytes }) => bits.includes(bytes.map((byte) => binary(byte, 8)).join("")))
  return label === "PRIVATE KEY" ? (named?.kind ?? "other") : "other"
}

function partsOf(text: string): { label: string; body: string } | undefined {
  const plain = text.replace(/\\r|\\n/g, "\n")
  const found = /-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\s]*)-----END \1-----/.exec(plain)
  return found === null ? undefined : { label: found[1], body: found[2].replace(/\s/g, "") }
}

function bitsOf(base64: string): string {
  return base64.replace(/=+$/, "").replace(/./g, (sign) => binary(alphabet.indexOf(sign), 6))
}

function binary(number: number, length: number): string {
  return number.toString(2).padStart(length, "0")
}
