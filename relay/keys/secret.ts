import { inspect } from "node:util"

/** A secret text that logs, JSON and error messages cannot show; only `reveal` gives it, where a request is signed. */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}

const HIDDEN = "(secret)"
