/** Most requests to exchanges under way for pages: a few tabs with a few downloads each. */
const MOST_QUESTIONS = 32
/** Most bytes of answers held for pages: the largest real answer a few times over. */
const MOST_HELD_BYTES = 64 * 1024 * 1024

/** One request of a page while it is under way, and its answer until the page has received it. */
export type Place = {
  /** Whether there is room for this many more bytes. */
  hold: (bytes: number) => boolean
  /** The page has its answer, or is gone. */
  leave: () => void
}

/** Limits what is under way for pages, however many ask and however slowly they read. */
export class PassThroughGate {
  private questions = 0
  private heldBytes = 0

  /** A free place, or undefined when all are taken. */
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
