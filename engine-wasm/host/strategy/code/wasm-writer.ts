/** Collects the pieces of a WebAssembly binary. */
export class WasmWriter {
  #bytes = new Uint8Array(1024)
  #length = 0

  byte(...values: number[]): this {
    return this.raw(values)
  }

  raw(values: ArrayLike<number>): this {
    if (this.#length + values.length > this.#bytes.length) this.#grow(values.length)
    this.#bytes.set(values, this.#length)
    this.#length += values.length
    return this
  }

  /** An unsigned LEB128 number. */
  unsigned(value: number): this {
    for (let rest = value; ; rest = Math.floor(rest / 128)) {
      if (rest < 128) return this.byte(rest)
      this.byte((rest % 128) | 0x80)
    }
  }

  /** Bytes with their length in front. */
  sized(bytes: Uint8Array): this {
    return this.unsigned(bytes.length).raw(bytes)
  }

  name(text: string): this {
    return this.sized(new TextEncoder().encode(text))
  }

  taken(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
