/**
 * A packed file that may not be read; the message is a whole sentence. Thrown inside the readers, returned as a
 * refusal by them.
 */
export class Unreadable extends Error {}

/** The largest text we unpack, and from where on a suspicious ratio counts. */
export type UnpackLimits = { mostBytes: number; freeBytes: number; mostRatio: number }

export const unpackLimits: UnpackLimits = { mostBytes: 2 * 2 ** 30, freeBytes: 64 * 2 ** 20, mostRatio: 200 }

/**
 * Unpacks pieces of gzip (with its checksum) or of a raw deflate stream (RFC 1952, RFC 1951) through the platform.
 * Throws `Unreadable` when the data is damaged, cut off, or grows beyond the limits as only a bomb does.
 */
export async function* unpacked(
  pieces: AsyncGenerator<Uint8Array>,
  format: "gzip" | "deflate-raw",
  limits = unpackLimits,
): AsyncGenerator<Uint8Array> {
  const machine = new DecompressionStream(format)
  const counts = { packed: 0, unpacked: 0 }
  const source: { failed?: unknown } = {}
  const fed = feed(machine.writable.getWriter(), counted(pieces, counts), source)
  const reader = machine.readable.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => damaged(source))
      if (done) break
      counts.unpacked += value.length
      refuseBomb(counts, limits)
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
    await fed
  }
  if (source.failed !== undefined) throw source.failed
}

async function* counted(
  pieces: AsyncGenerator<Uint8Array>,
  counts: { packed: number },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of pieces) {
    counts.packed += piece.length
    yield piece as Uint8Array<ArrayBuffer>
  }
}

// The machine's own failures come out at its reading end; only failures of the source (cancelled, disk) are kept here.
async function feed(
  writer: WritableStreamDefaultWriter<BufferSource>,
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  source: { failed?: unknown },
): Promise<void> {
  writer.closed.catch(() => undefined)
  try {
    for (;;) {
      const next = await pieces.next().catch((failed: unknown) => {
        source.failed = failed
        throw failed
      })
      if (next.done) break
      await writer.write(next.value)
    }
    await writer.close()
  } catch (failed) {
    await writer.abort(failed).catch(() => undefined)
    await pieces.return(undefined)
  }
}

function damaged(source: { failed?: unknown }): never {
  throw source.failed ?? new Unreadable("The packed file is damaged or cut off; download it again.")
}

function refuseBomb(counts: { packed: number; unpacked: number }, limits: UnpackLimits): void {
  if (counts.unpacked > limits.mostBytes)
    throw new Unreadable("Unpacked, the file is larger than 2 GB; split it into shorter periods.")
  if (counts.unpacked > limits.freeBytes && counts.unpacked > counts.packed * limits.mostRatio) {
    throw new Unreadable(
      `The file grows more than ${limits.mostRatio} times while unpacking, as no candle file does; it was not read.`,
    )
  }
}
