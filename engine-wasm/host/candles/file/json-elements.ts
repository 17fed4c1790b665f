import { HeldBytes } from "./held-bytes.ts"

const QUOTE = 34
const COMMA = 44
const BACKSLASH = 92
/** Nobody nests a candle deeper; each level of a bracket bomb would cost memory. */
const DEEPEST = 64
const LONGEST_BYTES = 1 << 16

/** Why a text is not a list of elements: not JSON, or an element longer than any candle. */
export type JsonDefect = "damaged" | "long"

/** Receives the bytes of one element, [start, end), in place. */
export type TakeElement = (bytes: Uint8Array, start: number, end: number) => void

/** Finds the elements of a JSON list as its bytes arrive, and parses none: a bracket bomb costs nothing. */
export class JsonElements {
  private state: "before" | "element" | "first" | "inside" | "comma" | "after" = "before"
  private depth = 0
  private inText = false
  private escaped = false
  /** The part of an element from earlier pieces. */
  private readonly held = new HeldBytes()

  /** Whether the list is closed, and nothing follows it. */
  get isWhole(): boolean {
    return this.state === "after"
  }

  /** Takes the next bytes; returns what is wrong with them, if anything. */
  push(bytes: Uint8Array, take: TakeElement): JsonDefect | undefined {
    let start = 0
    for (let at = 0; at < bytes.length; at++) {
      if (this.state === "inside") {
        const isOver = this.isOver(bytes[at])
        if (isOver === "damaged") return isOver
        if (isOver === "no") continue
        const end = isOver === "after" ? at + 1 : at
        this.give(bytes, start, end, take)
        if (isOver === "after") continue
      }
      const next = this.between(bytes[at])
      if (next === "damaged") return next
      if (next === "begun") start = at
    }
    if (this.state !== "inside") return undefined
    this.held.push(bytes.subarray(start))
    return this.held.length > LONGEST_BYTES ? "long" : undefined
  }

  private give(bytes: Uint8Array, start: number, end: number, take: TakeElement): void {
    this.state = "comma"
    if (this.held.length === 0) return take(bytes, start, end)
    this.held.push(bytes.subarray(0, end))
    take(this.held.taken(), 0, this.held.length)
    this.held.clear()
  }

  /** Whether a byte ends the element it belongs to ("after" it), comes after it ("before" it), or neither. */
  private isOver(byte: number): "no" | "before" | "after" | "damaged" {
    if (this.inText) {
      if (this.escaped) this.escaped = false
      else if (byte === BACKSLASH) this.escaped = true
      else if (byte === QUOTE) this.inText = false
      return this.depth === 0 && !this.inText ? "after" : "no"
    }
    if (byte === QUOTE) this.inText = true
    else if (opens(byte)) return ++this.depth > DEEPEST ? "damaged" : "no"
    else if (closes(byte)) {
      if (this.depth === 0) return "before"
      return --this.depth === 0 ? "after" : "no"
    } else if (this.depth === 0 && (byte === COMMA || isBlank(byte))) return "before"
    return "no"
  }

  /** Reads a byte that belongs to no element; "begun" when it is the first of one. */
  private between(byte: number): "begun" | "damaged" | undefined {
    if (isBlank(byte)) return undefined
    const { state } = this
    if (state === "before" && byte === 91) this.state = "first"
    else if ((state === "comma" || state === "first") && byte === 93) this.state = "after"
    else if (state === "comma" && byte === COMMA) this.state = "element"
    else if ((state === "element" || state === "first") && byte !== COMMA && !closes(byte)) return this.begin(byte)
    else return "damaged"
    return undefined
  }

  private begin(byte: number): "begun" {
    this.state = "inside"
    this.depth = opens(byte) ? 1 : 0
    this.inText = byte === QUOTE
    this.escaped = false
    return "begun"
  }
}

/** [ or { */
function opens(byte: number): boolean {
  return byte === 91 || byte === 123
}

/** ] or } */
function closes(byte: number): boolean {
  return byte === 93 || byte === 125
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9
}
