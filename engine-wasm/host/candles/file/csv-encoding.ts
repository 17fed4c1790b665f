/** Turns pieces of a text file into UTF-8 without a byte order mark. */
export type ToUtf8 = (piece: Uint8Array, last: boolean) => Uint8Array

/**
 * How to read a file, from its first bytes (at least four where there are as many): UTF-8, or UTF-16 with or without
 * a mark.
 */
export function toUtf8From(first: Uint8Array): ToUtf8 {
  if (first[0] === 0xff && first[1] === 0xfe) return fromUtf16("utf-16le")
  if (first[0] === 0xfe && first[1] === 0xff) return fromUtf16("utf-16be")
  // ASCII letters in UTF-16 have a zero beside each of them.
  if (first[1] === 0 && first[3] === 0 && first[0] !== 0) return fromUtf16("utf-16le")
  if (first[0] === 0 && first[2] === 0 && first[1] !== 0) return fromUtf16("utf-16be")
  return skipMark(first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf ? 3 : 0)
}

function fromUtf16(encoding: "utf-16le" | "utf-16be"): ToUtf8 {
  const decoder = new TextDecoder(encoding)
  const encoder = new TextEncoder()
  return (piece, last) => encoder.encode(decoder.decode(piece, { stream: !last }))
}

function skipMark(length: number): ToUtf8 {
  let left = length
  return (piece) => {
    const rest = piece.subarray(left)
    left = Math.max(0, left - piece.length)
    return rest
  }
}
