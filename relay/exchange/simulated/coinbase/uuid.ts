import { hashOf } from "../random.ts"

const NUMBER_DIGITS = 12
const MOST = 2n ** 48n

/** A UUID that a text decides. */
export function uuidOf(text: string): string {
  return written(hexOf(text, 32))
}

/** The UUID of a numbered thing: the same seed, kind and number give the same one. */
export function numberedUuid(of: { seed: string; kind: string }, number: number): string {
  const last = (BigInt(number) + offsetOf(of)) % MOST
  const first = hexOf(`${of.seed}/${of.kind}/${number}`, 32 - NUMBER_DIGITS)
  return written(first + last.toString(16).padStart(NUMBER_DIGITS, "0"))
}

/** The number in such a UUID; undefined when it is of something else. */
export function numberIn(of: { seed: string; kind: string }, uuid: string): number | undefined {
  const hex = uuid.replaceAll("-", "")
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined
  const number = Number((BigInt(`0x${hex.slice(-NUMBER_DIGITS)}`) - offsetOf(of) + MOST) % MOST)
  return numberedUuid(of, number) === uuid ? number : undefined
}

function offsetOf({ seed, kind }: { seed: string; kind: string }): bigint {
  return BigInt(`0x${hexOf(`${seed}/${kind}`, NUMBER_DIGITS)}`)
}

function hexOf(text: string, digits: number): string {
  const words = Array.from({ length: Math.ceil(digits / 8) }, (_, part) => hashOf(`${text}/${part}`))
  return words
    .map((word) => word.toString(16).padStart(8, "0"))
    .join("")
    .slice(0, digits)
}

/** In groups, marked as version 4. */
function written(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}
