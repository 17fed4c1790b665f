import { joinBytes } from "../candle-bytes.ts"

/** Turns pieces of a text file into UTF-8 without a byte order mark. */
export type ToUtf8 = (piece: Uint8Array, last: boolean) => Uint8Array

/** The note on a file whose letters are not UTF-8. */
export const WESTERN =
  "The file is not in UTF-8: its letters beyond a to z were read as Windows' Western European ones (windows-1252)."

/**
 * How to read a file, from its first bytes (at least four where there are as many): UTF-8, UTF-16 with or without a
 * mark, or one byte for each letter, as Windows programs write; `onWestern` is called once where it is so.
 */
export function toUtf8From(first: Uint8Array, onWestern: () => void = () => {}): ToUtf8 {
  if (first[0] === 0xff && first[1] === 0xfe) return fromUtf16("utf-16le")
  if (first[0] === 0xfe && first[1] === 0xff) return fromUtf16("utf-16be")
  // ASCII letters in UTF-16 have a zero beside each of them.
  if (first[1] === 0 && first[3] === 0 && first[0] !== 0) return fromUtf16("utf-16le")
  if (first[0] === 0 && first[2] === 0 && first[1] !== 0) return fromUtf16("utf-16be")
  return skipMark(first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf ? 3 : 0, westernFrom(onWestern))
}

/** Pieces as they are while they are UTF-8; from the first that is not, each byte is one letter. */
function westernFrom(onWestern: () => void): ToUtf8 {
  const western = new TextDecoder("windows-1252")
  let isWestern = false
  let held = new Uint8Array(0)
  return (piece, last) => {
    const bytes = held.length > 0 ? joinBytes([held, piece]) : piece
    const end = last ? bytes.length : wholeLettersOf(bytes)
    held = bytes.slice(end)
    const whole = bytes.subarray(0, end)
    if (!isWestern && hasHighByte(whole) && !isUtf8(whole)) {
      isWestern = true
      onWestern()
    }
    return isWestern ? new TextEncoder().encode(western.decode(whole)) : whole
  }
}

/** How many bytes there are before a last letter that may go on in the next piece. */
function wholeLettersOf(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back]
    if (byte < 0x80) break
    if (byte >= 0xc0) return bytes.length - back
  }
  return bytes.length
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** In longer pieces we look at four bytes at once: nearly every file has no such letter. */
function hasHighByte(piece: Uint8Array): boolean {
  const { buffer, byteOffset, length } = piece
  if (length < 64) return piece.some((byte) => byte >= 0x80)
  const head = -byteOffset & 3
  const words = new Uint32Array(buffer, byteOffset + head, (length - head) >> 2)
  for (let at = 0; at < words.length; at++) if ((words[at] & 0x80808080) !== 0) return true
  return hasHighByte(piece.subarray(0, head)) || hasHighByte(piece.subarray(head + words.byteLength))
}

function fromUtf16(encoding: "utf-16le" | "utf-16be"): ToUtf8 {
  const decoder = new TextDecoder(encoding)
  const encoder = new TextEncoder()
  return (piece, last) => encoder.encode(decoder.decode(piece, { stream: !last }))
}

function skipMark(length: number, read: ToUtf8): ToUtf8 {
  let left = length
  return (piece, last) => {
    const rest = piece.subarray(left)
    left = Math.max(0, left - piece.length)
    return read(rest, last)
  }
}
