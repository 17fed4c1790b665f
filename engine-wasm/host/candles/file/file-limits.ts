const MB = 2 ** 20

/**
 * What one file may cost to read, whatever it claims and however it is compressed: a foreign file ends with a
 * sentence, not with a crash. We count bytes as they come out, in the command line and in the browser alike.
 */
export type FileLimits = {
  /** Bytes once unpacked, and of a file that is not compressed. */
  mostBytes: number
  /** From `freeBytes` on, a file that has grown more than `mostRatio` times while unpacking is a bomb. */
  freeBytes: number
  mostRatio: number
  /**
   * Bytes in memory at once: candles as columns, and the compressed file where it must be held. Nearly fourteen years
   * of minutes; with the program itself, half a gigabyte.
   */
  mostHeldBytes: number
  /** Bytes of a compressed file that must be held whole: a zip, a feather file. */
  mostWholeBytes: number
  /** Bytes of one column of a feather file once unpacked. */
  mostColumnBytes: number
  /** Lines or rows without a candle: blank, comments, unreadable. */
  mostUselessRows: number
  /** Files concatenated into one gzip. */
  mostMembers: number
  /** Files in a zip. */
  mostNames: number
}

export const fileLimits: FileLimits = {
  mostBytes: 768 * MB,
  freeBytes: 64 * MB,
  mostRatio: 200,
  mostHeldBytes: 360 * MB,
  mostWholeBytes: 128 * MB,
  mostColumnBytes: 64 * MB,
  mostUselessRows: 1_000_000,
  mostMembers: 5_000,
  mostNames: 10_000,
}

/** A size for sentences: "768 MB". */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / MB).toLocaleString("en")} MB`
}
