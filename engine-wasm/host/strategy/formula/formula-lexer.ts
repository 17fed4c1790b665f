import { quotedCode } from "../../candles/foreign-text.ts"
/** A piece of a formula. `at` is the character (from 0) it starts at. */
export type Token = { kind: "number" | "name" | "text" | "symbol" | "timeframe" | "end"; text: string; at: number }

/** Thrown inside the formula reader and the compiler, and caught at their doors: nobody outside sees it. */
export class FormulaRefused extends Error {
  readonly character: number
  constructor(character: number, because: string) {
    super(because)
    this.character = character
  }
}

const patterns: [Token["kind"], RegExp][] = [
  ["number", /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["name", /[A-Za-z_][A-Za-z0-9_]*/y],
  ["text", /"[^"]*"/y],
  ["symbol", /<=|>=|==|!=|[-+*/%<>()[\],.?:@]/y],
]

const foreignSymbols: Record<string, string> = {
  "&": 'write `and` for "both"',
  "|": 'write `or` for "either"',
  "!": 'write `not` before a condition, or `!=` for "differs from"',
  "=": "write `==` to compare; a formula cannot set anything",
  "^": "write `pow(x, 2)` for a power",
  "'": 'put the kind in double quotes, like "ema"',
  '"': "the closing double quote is missing",
  ";": "write one formula only, without `;`",
  "{": "write round parentheses ( )",
  "}": "write round parentheses ( )",
  "#": "a formula has no comments",
}

/**
 * The pieces of a formula, the last being `end`. @throws {FormulaRefused} at the first character that no formula may
 * have.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = pastSpace(text, 0); at < text.length;) {
    const token = tokens.at(-1)?.text === "@" ? timeframeAt(text, at) : tokenAt(text, at)
    tokens.push(token)
    at = pastSpace(text, at + token.text.length)
  }
  tokens.push({ kind: "end", text: "", at: text.length })
  return tokens
}

function pastSpace(text: string, at: number): number {
  while (/\s/.test(text.charAt(at))) at++
  return at
}

function timeframeAt(text: string, at: number): Token {
  const written = /[A-Za-z0-9]+/y
  written.lastIndex = at
  const found = written.exec(text)
  if (!found) throw new FormulaRefused(at, "name a timeframe after `@`, for example `@ 1d`")
  return { kind: "timeframe", text: found[0], at }
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) return checked({ kind, text: found[0], at }, text)
  }
  const character = String.fromCodePoint(text.codePointAt(at)!)
  throw new FormulaRefused(at, foreignSymbols[character] ?? `${quotedCode(character)} cannot stand in a formula`)
}

function checked(token: Token, text: string): Token {
  const end = token.at + token.text.length
  if (token.kind !== "number") return token
  if (/[A-Za-z_]/.test(text.charAt(end)))
    throw new FormulaRefused(end, "a number cannot run into letters; put an operator or a space and operator between")
  if (!Number.isFinite(Number(token.text))) throw new FormulaRefused(token.at, "this number is too large")
  return token
}
