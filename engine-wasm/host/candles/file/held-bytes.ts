import { Unreadable } from "./unreadable.ts"

const FIRST_ROOM = 1 << 10
/** From here on we allocate all the allowed room at once: untouched memory costs nothing yet. */
const MUCH = 1 << 22

/** Bytes that arrive piece by piece and are needed in one piece. */
export class HeldBytes {
  length = 0
  private bytes = new Uint8Array(FIRST_ROOM)

  /** With a `refusal`, throws `Unreadable` when they are more than `mostBytes`. */
  constructor(
    private readonly mostBytes = Infinity,
    private readonly refusal = "",
  ) {}

  /** Takes the next bytes. */
  push(piece: Uint8Array): void {
    const length = this.length + piece.length
    if (length > this.mostBytes) throw new Unreadable(this.refusal)
    if (length > this.bytes.length) this.grow(length)
    this.bytes.set(piece, this.length)
    this.length = length
  }

  /** All of them, as a view: valid until the next `push`. */
  taken(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length)
  }

  /** Drops them. */
  clear(): void {
    this.length = 0
  }

  private grow(length: number): void {
    const twice = 2 * Math.max(length, this.bytes.length)
    const wider = new Uint8Array(length > MUCH && this.mostBytes < Infinity ? this.mostBytes : twice)
    wider.set(this.taken())
    this.bytes = wider
  }
}
