/** A text made small (raw deflate). */
export async function packed(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const small = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"))
  return new Uint8Array(await new Response(small).arrayBuffer())
}

/** The text again; undefined where it was never packed, or would be more bytes than `most`. */
export async function unpacked(bytes: Uint8Array<ArrayBuffer>, most: number): Promise<string | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(parts).arrayBuffer())
      length += value.length
      if (length > most) return void (await reader.cancel())
      parts.push(value)
    }
  } catch {
    return undefined
  }
}
