import { joinBytes } from "../candle-bytes.ts"

/** What we need of a byte stream: a browser's `Blob.stream()`, a response's body, or Node's `Readable.toWeb(…)`. */
export type ByteStream = {
  getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(reason?: unknown): Promise<void> }
}

/** Called with the number of source bytes read so far. */
export type ReadProgress = (doneBytes: number) => void

/** The stream's pieces in order. Throws the signal's reason when it aborts; always closes the stream. */
export async function* piecesOf(
  stream: ByteStream,
  options: { onProgress?: ReadProgress; signal?: AbortSignal },
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let doneBytes = 0
  try {
    for (;;) {
      options.signal?.throwIfAborted()
      const { done, value } = await reader.read()
      if (done || value === undefined) return
      doneBytes += value.length
      options.onProgress?.(doneBytes)
      yield value
    }
  } finally {
    // A stream that has already failed cannot be closed, and its own error is the one to report.
    await reader.cancel().catch(() => undefined)
  }
}

/** The first `count` bytes (fewer only when the source is shorter), and all pieces, including these. */
export async function lookAhead(
  pieces: AsyncGenerator<Uint8Array>,
  count: number,
): Promise<{ first: Uint8Array; pieces: AsyncGenerator<Uint8Array> }> {
  let first: Uint8Array = new Uint8Array(0)
  while (first.length < count) {
    const next = await pieces.next()
    if (next.done) break
    first = joinBytes([first, next.value])
  }
  return { first, pieces: startingWith(first, pieces) }
}

async function* startingWith(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}
