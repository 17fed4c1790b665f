import { megabytes, type FileLimits } from "./file-limits.ts"
import { Unreadable } from "./unreadable.ts"

export const damagedPacking = "The packed file is damaged or cut off; download it again."

/** Compressed bytes go in this many at a time: at most a thousand times as many come out before we can check. */
const PIECE_BYTES = 16_384

/** How much has gone into unpacking and come out of it. */
export type UnpackCounts = { packed: number; unpacked: number }

/** Unpacks a raw deflate stream (RFC 1951). Throws `Unreadable` when it is damaged, cut off, or a bomb. */
export async function* inflated(packed: Uint8Array, limits: FileLimits): AsyncGenerator<Uint8Array> {
  const machine = new Inflater("deflate-raw", { packed: 0, unpacked: 0 }, limits)
  try {
    for (const piece of inPieces(packed)) yield* machine.push(piece)
    yield* machine.finish()
  } finally {
    await machine.close()
  }
}

/** Bytes in pieces small enough to unpack. */
export function* inPieces(bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    yield bytes.subarray(at, at + PIECE_BYTES) as Uint8Array<ArrayBuffer>
}

/** One stream being unpacked by the platform. `counts` continue from stream to stream of one file. */
export class Inflater {
  /** The output of this stream alone. */
  length = 0
  readonly #writer: WritableStreamDefaultWriter<BufferSource>
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #reading: Promise<void>
  readonly #limits: FileLimits
  readonly #counts: UnpackCounts
  #ready: Uint8Array[] = []
  #refusal: Unreadable | undefined

  constructor(format: "gzip" | "deflate-raw", counts: UnpackCounts, limits: FileLimits) {
    const machine = new DecompressionStream(format)
    this.#counts = counts
    this.#limits = limits
    this.#writer = machine.writable.getWriter()
    this.#writer.closed.catch(() => undefined)
    this.#reader = machine.readable.getReader()
    this.#reading = this.#read()
  }

  /** Takes the next compressed bytes; returns the output so far. */
  async *push(piece: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array> {
    this.#counts.packed += piece.length
    const written = this.#writer.write(piece).catch(() => this.#refuse(damagedPacking))
    // Uses the output of earlier pieces while this one is unpacked.
    yield* this.#taken()
    await written
  }

  /** The rest, when no more will be pushed. Throws `Unreadable` where the stream has no end or a wrong checksum. */
  async *finish(): AsyncGenerator<Uint8Array> {
    await this.#writer.close().catch(() => this.#refuse(damagedPacking))
    await this.#reading
    yield* this.#taken()
  }

  /** Releases the platform's stream. */
  async close(): Promise<void> {
    await this.#writer.abort().catch(() => undefined)
    await this.#reader.cancel().catch(() => undefined)
  }

  *#taken(): Generator<Uint8Array> {
    if (this.#refusal !== undefined) throw this.#refusal
    const ready = this.#ready
    this.#ready = []
    yield* ready
  }

  // Reads output as it arrives and not on demand, so that input soon becomes output and can be counted. It also
  // reads, and drops, output after a refusal: only then does the platform accept its end.
  async #read(): Promise<void> {
    try {
      for (let next = await this.#reader.read(); !next.done; next = await this.#reader.read()) this.#take(next.value)
    } catch {
      this.#refuse(damagedPacking)
    }
  }

  #take(bytes: Uint8Array): void {
    this.length += bytes.length
    this.#counts.unpacked += bytes.length
    const bomb = bombDefect(this.#counts, this.#limits)
    if (bomb !== undefined) this.#refuse(bomb)
    if (this.#refusal === undefined) this.#ready.push(bytes)
  }

  #refuse(because: string): void {
    this.#refusal ??= new Unreadable(because)
  }
}

function bombDefect({ packed, unpacked }: UnpackCounts, limits: FileLimits): string | undefined {
  if (unpacked > limits.mostBytes) return tooLarge(limits)
  if (unpacked <= limits.freeBytes || unpacked <= packed * limits.mostRatio) return undefined
  return `The file grows more than ${limits.mostRatio} times while unpacking, as no candle file does; it was not read.`
}

/** The sentence for a file with more text than may be read. */
export function tooLarge({ mostBytes }: FileLimits): string {
  return `Unpacked, the file is larger than ${megabytes(mostBytes)}; split it into shorter periods.`
}
