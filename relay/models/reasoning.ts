import type { ModelPiece } from "./provider.ts"

const OPEN = "<think>"
const CLOSE = "</think>"

/**
 * The same pieces, with what stands between <think> and </think> only counted: some servers leave a model's thoughts
 * in its text. Where only </think> comes, `retract` says that all text before was thought.
 */
export async function* withoutReasoning(pieces: AsyncIterable<ModelPiece>): AsyncIterable<ModelPiece> {
  const filter = new ThoughtFilter()
  for await (const piece of pieces) {
    if (piece.kind === "text") yield* filter.take(piece.text)
    else {
      if (piece.kind === "end") yield* filter.finish()
      yield piece
    }
  }
}

class ThoughtFilter {
  #isThinking = false
  /** The end of the text so far, where it may be the beginning of a mark. */
  #held = "";

  *take(text: string): Iterable<ModelPiece> {
    let rest = this.#held + text
    this.#held = ""
    while (rest !== "") {
      const { at, mark } = firstMark(rest, this.#isThinking ? [CLOSE] : [OPEN, CLOSE])
      if (mark === undefined) {
        const kept = heldLength(rest)
        this.#held = rest.slice(rest.length - kept)
        return yield* this.#said(rest.slice(0, rest.length - kept))
      }
      yield* this.#said(rest.slice(0, at))
      if (!this.#isThinking && mark === CLOSE) yield { kind: "retract" }
      this.#isThinking = mark === OPEN
      rest = rest.slice(at + mark.length)
    }
  }

  *finish(): Iterable<ModelPiece> {
    yield* this.#said(this.#held)
    this.#held = ""
  }

  *#said(text: string): Iterable<ModelPiece> {
    if (text === "") return
    yield this.#isThinking ? { kind: "thinking", letters: text.length } : { kind: "text", text }
  }
}

function firstMark(text: string, marks: string[]): { at: number; mark: string | undefined } {
  const found = marks.map((mark) => ({ at: text.indexOf(mark), mark })).filter(({ at }) => at !== -1)
  return found.toSorted((a, b) => a.at - b.at)[0] ?? { at: -1, mark: undefined }
}

/** How many letters at the end of a text may be the beginning of a mark. */
function heldLength(text: string): number {
  for (let length = Math.min(CLOSE.length - 1, text.length); length > 0; length--) {
    const end = text.slice(text.length - length)
    if (OPEN.startsWith(end) || CLOSE.startsWith(end)) return length
  }
  return 0
}
