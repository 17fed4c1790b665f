const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** The checksum of zip entries (CRC-32, polynomial 0xEDB88320 reflected, ISO 3309), fed piece by piece. */
export class Crc32 {
  private state = -1

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    let state = this.state
    for (let at = 0; at < bytes.length; at++) state = table[(state ^ bytes[at]) & 255] ^ (state >>> 8)
    this.state = state
  }

  /** The checksum of everything so far, as an unsigned number. */
  get value(): number {
    return (this.state ^ -1) >>> 0
  }
}
