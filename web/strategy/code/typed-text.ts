import { mergedText } from "#engine/strategy"
import { halfTyped, putHalfTyped } from "./half-typed.ts"

/**
 * A text while it is typed over what is kept. Letters may come faster than the screen is drawn, so it lives here and
 * not in a component's state.
 */
export class TypedText {
  #text: string
  /** What is kept, as far as we know: the text began from it. */
  #over: string
  readonly #listeners = new Set<() => void>()

  constructor(kept: string) {
    this.#over = kept
    this.#text = halfTyped(kept)?.text ?? kept
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  now = (): string => this.#text

  change = (text: string): void => {
    this.#text = text
    for (const listener of this.#listeners) listener()
  }

  /** Another text is kept now: undone, or changed in another window. What is typed and not kept yet stays in it. */
  hear(kept: string): void {
    if (kept === this.#over) return
    const { text } = mergedText(this.#over, this.#text, kept)
    this.#over = kept
    if (text !== this.#text) this.change(text)
  }

  /** Keeps the text. `keep` answers with what is kept then, or nothing where that cannot be: it waits in this window. */
  keep(keep: (text: string) => string | undefined): void {
    if (this.#text === this.#over) return
    const over = keep(this.#text)
    putHalfTyped(over === undefined ? { text: this.#text, over: this.#over } : undefined)
    this.#over = over ?? this.#over
  }
}
