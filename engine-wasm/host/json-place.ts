import { documentLimits } from "./strategy-document.ts"
import { pathText, type StrategyProblem } from "./strategy-document-problems.ts"

type Read = { ok: true; value: unknown } | { ok: false; problem: StrategyProblem }

/** Keys that JavaScript treats as more than a name. */
const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"])

class JsonRefused extends Error {
  readonly place: { character?: number; path?: PropertyKey[] }
  constructor(because: string, place: { character?: number; path?: PropertyKey[] }) {
    super(because)
    this.place = place
  }
}

/** The value of a JSON text (RFC 8259), or the first place that is wrong: line from 1, character from 0. Also refuses a key that stands twice. */
export function valueFromJson(text: string): Read {
  const most = documentLimits.textCharacters + documentLimits.codeCharacters
  if (text.length > most) return { ok: false, problem: { path: "", because: `the text is too long: ${text.length} characters, at most ${most}` } }
  return refusedIn(text, () => new JsonReader(text.replace(/^\uFEFF/, " ")).whole())
}

/** A value that came parsed already, copied as plain data; refuses what JSON could not say. */
export function valueFromObject(input: unknown): Read {
  return refusedIn("", () => plainCopy(input, []))
}

function refusedIn(text: string, read: () => unknown): Read {
  try {
    return { ok: true, value: read() }
  } catch (refusal) {
    if (!(refusal instanceof JsonRefused)) throw refusal
    return { ok: false, problem: problemAt(text, refusal) }
  }
}

function problemAt(text: string, { message, place: { character, path = [] } }: JsonRefused): StrategyProblem {
  if (character === undefined) return { path: pathText(path), because: message }
  const line = text.slice(0, character).split("\n").length
  const column = character - text.lastIndexOf("\n", character - 1)
  return { path: pathText(path), because: `line ${line}, character ${column}: ${message}`, character, line }
}

function plainCopy(value: unknown, path: PropertyKey[]): unknown {
  if (path.length > documentLimits.depth) throw new JsonRefused(`nested more than ${documentLimits.depth} deep`, { path })
  if (typeof value === "number" && !Number.isFinite(value)) throw new JsonRefused("this number is not finite", { path })
  if (Array.isArray(value)) return shortList(value, path).map((item, n) => plainCopy(item, [...path, n]))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.keys(value).map((key) => [allowedKey(key, { path }), plainCopy((value as Record<string, unknown>)[key], [...path, key])]))
}

function shortList(list: unknown[], path: PropertyKey[]): unknown[] {
  if (list.length > MOST_ENTRIES) throw new JsonRefused(`a list of ${list.length} entries is too long`, { path })
  return list
}

const MOST_ENTRIES = 1_000

function allowedKey(key: string, place: { character?: number; path?: PropertyKey[] }): string {
  if (forbiddenKeys.has(key)) throw new JsonRefused(`\`${key}\` cannot be a field's name`, place)
  return key
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /[A-Za-z]+/y
const SPACE = /[ \t\r\n]*/y
const words: Record<string, boolean | null> = { true: true, false: false, null: null }

class JsonReader {
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
    if (next === '"') return this.string()
    return next === "-" || (next >= "0" && next <= "9") ? this.number() : this.word()
  }

  private object(path: PropertyKey[]): unknown {
    const entries = new Map<string, unknown>()
    this.items("}", () => {
      if (this.next() !== '"') this.refuse("a field's name in double quotes is expected")
      const character = this.at
      const key = allowedKey(this.string(), { character, path })
      if (entries.has(key)) throw new JsonRefused(`\`${key}\` stands twice`, { character, path })
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

  private string(): string {
    const found = this.match(STRING)
    if (found === undefined) this.refuse("this text has no closing quote on its line, or an escape JSON does not know")
    return JSON.parse(found!) as string
  }

  private number(): number {
    const found = Number(this.match(NUMBER) ?? this.refuse("this is not a number"))
    return Number.isFinite(found) ? found : this.refuse("this number is too large")
  }

  private word(): boolean | null {
    const start = this.at
    const found = this.match(WORD)
    if (found !== undefined && Object.hasOwn(words, found)) return words[found]!
    this.at = start
    return this.refuse(start >= this.text.length ? "the text ends too early" : `a value is expected, not ${JSON.stringify(found ?? this.text[start])}`)
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
