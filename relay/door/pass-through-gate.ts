/** Questions to exchanges under way for pages at once: some tabs with some downloads each. */
const MOST_QUESTIONS = 32
/** Bytes of answers held for pages at once: the largest honest answer a few times over. */
const MOST_HELD_BYTES = 64 * 1024 * 1024

/** One question of a page while it is under way, and its answer until the page has it. */
export type Place = {
  /** Whether so many bytes more may be held. */
  hold: (bytes: number) => boolean
  /** The page has its answer, or has gone. */
  leave: () => void
}

/** Keeps what is under way for pages within bounds, however many ask and however slowly they read. */
export class PassThroughGate {
  private questions = 0
  private heldBytes = 0

  /** A place, or undefined when all are taken. */
  enter(): Place | undefined {
    if (this.questions >= MOST_QUESTIONS || this.heldBytes >= MOST_HELD_BYTES) return undefined
    this.questions++
    let own = 0
    let hasLeft = false
    return {
      hold: (bytes) => {
        if (hasLeft || this.heldBytes + bytes > MOST_HELD_BYTES) return false
        this.heldBytes += bytes
        own += bytes
        return true
      },
      leave: () => {
        if (hasLeft) return
        hasLeft = true
        this.questions--
        this.heldBytes -= own
      },
    }
  }
}
