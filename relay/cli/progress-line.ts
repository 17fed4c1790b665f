const EVERY_MS = 200
const EVERY_MS_IN_A_FILE = 2_000

/** Progress of a long task, on stderr: one line that changes on a terminal, now and then a new line elsewhere. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream
  #shownMs = -Infinity
  #length = 0

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
  }

  /** Shows the text, unless it showed another a moment ago; `now` shows it in any case. */
  show(text: string, { now = false } = {}): void {
    const nowMs = performance.now()
    if (!now && nowMs - this.#shownMs < (this.#stream.isTTY ? EVERY_MS : EVERY_MS_IN_A_FILE)) return
    this.#shownMs = nowMs
    this.#stream.write(this.#stream.isTTY ? `\r${text.padEnd(this.#length)}` : `${text}\n`)
    this.#length = text.length
  }

  /** Clears the line for what comes next. */
  end(): void {
    if (this.#stream.isTTY && this.#length > 0) this.#stream.write(`\r${" ".repeat(this.#length)}\r`)
  }
}
