import { quotedCode } from "../../candles/foreign-text.ts"
import { documentLimits } from "./strategy-document.ts"

/** Keys with a special meaning in JavaScript. */
const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"])

/** Thrown while reading and caught at the door: nobody outside sees it. `character` from 0. */
export class JsonRefused extends Error {
  readonly place: { character?: number; path?: PropertyKey[] }
  constructor(because: string, place: { character?: number; path?: PropertyKey[] }) {
    super(because)
    this.place = place
  }
}

/** The key, if it is an ordinary name. @throws {JsonRefused} */
export function allowedKey(key: string, place: { character?: number; path?: PropertyKey[] }): string {
  if (forbiddenKeys.has(key)) throw new JsonRefused(`${quotedCode(key)} cannot be a field's name`, place)
  return key
}

// No control characters: \P{Cc} is every other one.
const STRING = /"(?:(?!["\\])\P{Cc}|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /[A-Za-z]+/y
const SPACE = /[ \t\r\n]*/y
const words: Record<string, boolean | null> = { true: true, false: false, null: null }

/** Reads one JSON text (RFC 8259) from its beginning. @throws {JsonRefused} at the first error. */
export class JsonReader {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  whole(): unknown {
    const value = this.value([])
    if (this.next() !== "") this.refuse("the document is over here; remove what follows")
    return value
  }

  private value(path: PropertyKey[]): unknown {
    if (path.length > documentLimits.depth) this.refuse(`nested more than ${documentLimits.depth} deep`, path)
    const next = this.next()
    if (next === "{") return this.object(path)
    if (next === "[") return this.list(path)
    if (next === '"') return this.string(path)
    return next === "-" || (next >= "0" && next <= "9") ? this.number(path) : this.word(path)
  }

  private object(path: PropertyKey[]): unknown {
    const entries = new Map<string, unknown>()
    this.items("}", () => {
      if (this.next() !== '"') this.refuse("a field's name in double quotes is expected")
      const character = this.at
      const key = allowedKey(this.string(path), { character, path })
      if (entries.has(key)) throw new JsonRefused(`${quotedCode(key)} stands twice`, { character, path })
      if (this.next() !== ":") this.refuse("a `:` is missing after the field's name", path)
      this.at++
      entries.set(key, this.value([...path, key]))
    })
    return Object.fromEntries(entries)
  }

  private list(path: PropertyKey[]): unknown {
    const found: unknown[] = []
    this.items("]", () => found.push(this.value([...path, found.length])))
    return found
  }

  private items(end: string, read: () => void) {
    this.at++
    if (this.next() === end) return void this.at++
    for (;;) {
      read()
      const next = this.next()
      if (next !== "," && next !== end) this.refuse(`a \`,\` or the closing \`${end}\` is missing`)
      this.at++
      if (next === end) return
      if (this.next() === end) this.refuse(`remove the \`,\` before this \`${end}\``)
    }
  }

  private string(path: PropertyKey[]): string {
    const found = this.match(STRING)
    if (found === undefined)
      this.refuse("this text has no closing quote on its line, or an escape JSON does not know", path)
    return JSON.parse(found) as string
  }

  private number(path: PropertyKey[]): number {
    const found = Number(this.match(NUMBER) ?? this.refuse("this is not a number", path))
    return Number.isFinite(found) ? found : this.refuse("this number is too large", path)
  }

  private word(path: PropertyKey[]): boolean | null {
    const start = this.at
    const found = this.match(WORD)
    if (found !== undefined && Object.hasOwn(words, found)) return words[found]!
    this.at = start
    return this.refuse(
      start >= this.text.length
        ? "the text ends too early"
        : `a value is expected, not ${JSON.stringify(found ?? this.text[start])}`,
      path,
    )
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found !== undefined) this.at += found.length
    return found
  }

  private next(): string {
    this.match(SPACE)
    return this.text.charAt(this.at)
  }

  private refuse(because: string, path: PropertyKey[] = []): never {
    throw new JsonRefused(because, { character: this.at, path })
  }
}
