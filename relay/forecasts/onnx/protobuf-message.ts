import { refuse } from "./onnx-refusal.ts"

/** A stretch of a file's bytes: one message, text or list of numbers. */
export type Stretch = { bytes: Uint8Array; from: number; until: number }

/** One field: its number, how it is written, and what it says, as a number or as a stretch. */
export type Field = { id: number; wire: number; number: number; stretch: Stretch }

/** How a field is written: as a whole number, eight bytes, a stretch of its own, or four bytes. */
export const wires = { whole: 0, eightBytes: 1, stretch: 2, fourBytes: 5 }

/** What is done with a field; `once` where a second one of the same number would be read differently by others. */
export type FieldReader = { wires: readonly number[]; once: boolean; read(field: Field): void }

/** The longest whole number takes ten bytes. */
const MOST_VARINT_BYTES = 10
const HIGHEST_FIELD = 2 ** 29
const decoder = new TextDecoder()

/** A field that may stand in its message once. */
export function once(wire: number, read: (field: Field) => void): FieldReader {
  return { wires: [wire], once: true, read }
}

/** A field that may stand in its message as often as it likes. */
export function many(wire: number, read: (field: Field) => void): FieldReader {
  return { wires: [wire], once: false, read }
}

/** A list of numbers, one by one or packed into a stretch, of which only the count is of interest. */
export function counted(wire: number, add: (count: number) => void): FieldReader {
  const read = (field: Field) => add(field.wire === wires.stretch ? packedCount(field.stretch, wire) : 1)
  return { wires: [wire, wires.stretch], once: false, read }
}

/** A field with which the whole file is refused. */
export function never(because: () => string): FieldReader {
  return { wires: Object.values(wires), once: false, read: () => refuse(because()) }
}

/** Reads a message's fields in their order; those without a reader are passed over. `what` names it in refusals. */
export function readMessage(stretch: Stretch, what: string, readers: Record<number, FieldReader>): void {
  const seen = new Set<number>()
  for (let at = stretch.from; at < stretch.until;) {
    const { field, next } = fieldAt(stretch, at, what)
    at = next
    const reader = readers[field.id]
    if (!reader) continue
    if (!reader.wires.includes(field.wire)) broken(what)
    if (reader.once && seen.has(field.id)) refuse(`This file says two things about ${what} where only one may stand.`)
    seen.add(field.id)
    reader.read(field)
  }
}

/** A stretch as text; what is not UTF-8 in it shows as question marks in boxes. */
export function textOf({ stretch }: Field): string {
  if (stretch.from === stretch.until) return ""
  return decoder.decode(stretch.bytes.subarray(stretch.from, stretch.until))
}

/** The whole numbers of a packed stretch. */
export function packedWholes(stretch: Stretch, what: string): number[] {
  const numbers: number[] = []
  for (let at = stretch.from; at < stretch.until;) {
    const { number, next } = wholeAt(stretch, at, what)
    numbers.push(number)
    at = next
  }
  return numbers
}

function packedCount(stretch: Stretch, wire: number): number {
  const length = stretch.until - stretch.from
  if (wire === wires.fourBytes) return length / 4
  if (wire === wires.eightBytes) return length / 8
  let count = 0
  for (let at = stretch.from; at < stretch.until; at++) if (stretch.bytes[at] < 0x80) count++
  return count
}

function fieldAt(stretch: Stretch, at: number, what: string): { field: Field; next: number } {
  const { number: tag, next: from } = wholeAt(stretch, at, what)
  const [id, wire] = [Math.floor(tag / 8), tag % 8]
  if (id < 1 || id >= HIGHEST_FIELD) broken(what)
  const { number, start, next } = contentAt(stretch, from, wire, what)
  if (next > stretch.until)
    refuse(`This file ends in the middle of ${what}: it was cut off, or is not ONNX. Export or download it again.`)
  return { field: { id, wire, number, stretch: { bytes: stretch.bytes, from: start, until: next } }, next }
}

function contentAt(stretch: Stretch, from: number, wire: number, what: string) {
  switch (wire) {
    case wires.whole:
      return { ...wholeAt(stretch, from, what), start: from }
    case wires.eightBytes:
      return { number: 0, start: from, next: from + 8 }
    case wires.fourBytes:
      return { number: 0, start: from, next: from + 4 }
    case wires.stretch: {
      const { number: length, next: start } = wholeAt(stretch, from, what)
      return { number: 0, start, next: length < 0 ? Infinity : start + length }
    }
    default:
      return broken(what)
  }
}

/** A whole number of seven bits a byte; as in 64 bits, the upper half is negative. */
function wholeAt({ bytes, until }: Stretch, at: number, what: string): { number: number; next: number } {
  let [number, scale] = [0, 1]
  for (let next = at; next < until && next - at < MOST_VARINT_BYTES; scale *= 128) {
    const byte = bytes[next++]
    number += (byte & 0x7f) * scale
    if (byte < 0x80) return { number: number >= 2 ** 63 ? signed(bytes.subarray(at, next)) : number, next }
  }
  return broken(what)
}

/** Of a number in ten bytes: exact, which sums of large doubles are not. */
function signed(bytes: Uint8Array): number {
  const whole = bytes.reduceRight((sum, byte) => sum * 128n + BigInt(byte & 0x7f), 0n)
  return Number(BigInt.asIntN(64, whole))
}

function broken(what: string): never {
  return refuse(`This does not read as an ONNX file: something is wrong in ${what}. Export or download it again.`)
}
