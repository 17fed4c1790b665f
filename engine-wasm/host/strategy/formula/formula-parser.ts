import { quotedCode } from "../../candles/foreign-text.ts"
import { bindingStrength, type BinaryOperator, type Formula } from "./formula.ts"
import { FormulaRefused, tokensOf, type Token } from "./formula-lexer.ts"
import { candleTimeframesMs, isCandleTimeframe } from "../../candles/timeframe.ts"

export type FormulaProblem = { character: number; because: string }
export type ParsedFormula = { ok: true; formula: Formula } | ({ ok: false } & FormulaProblem)

/** Limits on one formula, so that no text can make the reader slow or deep. */
export const formulaLimits = { characters: 2_000, depth: 64, nodes: 500 } as const

type Reader = { tokens: Token[]; next: number; depth: number; nodes: number }

/**
 * Reads a formula (grammar: docs of `bindingStrength`), or says at which character (from 0) and why it cannot be
 * read.
 */
export function parseFormula(text: string): ParsedFormula {
  try {
    return { ok: true, formula: readWhole(text) }
  } catch (refusal) {
    if (refusal instanceof FormulaRefused) return { ok: false, character: refusal.character, because: refusal.message }
    throw refusal
  }
}

function readWhole(text: string): Formula {
  if (text.length > formulaLimits.characters)
    throw new FormulaRefused(
      formulaLimits.characters,
      `a formula has at most ${formulaLimits.characters} characters; split it with series`,
    )
  const reader: Reader = { tokens: tokensOf(text), next: 0, depth: 0, nodes: 0 }
  if (peek(reader).kind === "end") throw new FormulaRefused(0, "the formula is empty")
  const formula = readChoice(reader)
  const rest = peek(reader)
  if (rest.kind !== "end") throw new FormulaRefused(rest.at, leftOver(rest))
  return formula
}

function leftOver(token: Token): string {
  if (token.text === ")") return "this `)` closes nothing"
  if (token.text === "]") return "this `]` closes nothing"
  if (token.text === ",") return "a `,` may stand only between the arguments of a function"
  return `an operator is missing before ${quotedCode(token.text)}`
}

function readChoice(reader: Reader): Formula {
  return deeper(reader, () => {
    const condition = readOperators(reader, 1)
    const mark = peek(reader)
    if (mark.text !== "?") return condition
    take(reader)
    const yes = readChoice(reader)
    expect(reader, ":", "`condition ? a : b` needs a `:`")
    return node(reader, { kind: "choice", condition, yes, no: readChoice(reader), at: mark.at })
  })
}

// Precedence climbing (Richards & Whitby-Strevens; see https://en.wikipedia.org/wiki/Operator-precedence_parser).
function readOperators(reader: Reader, weakest: number): Formula {
  let left = readPrefixed(reader)
  for (;;) {
    const token = peek(reader)
    const strength = binaryStrength(token)
    if (strength < weakest) return left
    take(reader)
    const right = readOperators(reader, strength + 1)
    refuseChain(peek(reader), strength)
    left = node(reader, { kind: "binary", operator: token.text as BinaryOperator, left, right, at: token.at })
  }
}

function binaryStrength(token: Token): number {
  if (token.kind !== "symbol" && token.kind !== "name") return 0
  if (token.text === "not" || !Object.hasOwn(bindingStrength, token.text)) return 0
  return bindingStrength[token.text as BinaryOperator]
}

function refuseChain(next: Token, strength: number) {
  if (strength !== bindingStrength["<"] || binaryStrength(next) !== strength) return
  throw new FormulaRefused(next.at, "comparisons cannot be chained; write `a < b and b < c`")
}

function readPrefixed(reader: Reader): Formula {
  const token = peek(reader)
  if (token.text !== "-" && token.text !== "not") return readBehind(reader, readFirst(reader))
  take(reader)
  return deeper(reader, () => {
    const of = token.text === "-" ? readPrefixedOperand(reader) : readOperators(reader, bindingStrength.not)
    return node(reader, { kind: "unary", operator: token.text as "-" | "not", of, at: token.at })
  })
}

function readPrefixedOperand(reader: Reader): Formula {
  const token = peek(reader)
  if (token.text === "not") throw new FormulaRefused(token.at, "put parentheses around `not …` after a minus")
  return readPrefixed(reader)
}

function readBehind(reader: Reader, first: Formula): Formula {
  let formula = first
  for (;;) {
    const token = peek(reader)
    if (token.text === "[" && token.kind === "symbol") formula = readHistory(reader, formula)
    else if (token.text === "." && token.kind === "symbol") formula = readOutput(reader, formula)
    else if (token.text === "@") formula = readTimeframe(reader, formula)
    else return formula
  }
}

function readHistory(reader: Reader, of: Formula): Formula {
  const { at } = take(reader)
  const candlesAgo = readChoice(reader)
  expect(reader, "]", "the closing `]` is missing")
  return node(reader, { kind: "history", of, candlesAgo, at })
}

function readOutput(reader: Reader, of: Formula): Formula {
  take(reader)
  const token = take(reader)
  if (token.kind !== "name") throw new FormulaRefused(token.at, "name an output after the `.`, for example `.line`")
  return node(reader, { kind: "output", of, output: token.text, at: token.at })
}

function readTimeframe(reader: Reader, of: Formula): Formula {
  take(reader)
  const { text, at, kind } = take(reader)
  if (kind !== "timeframe") throw new FormulaRefused(at, "name a timeframe after `@`, for example `@ 1d`")
  if (!isCandleTimeframe(text))
    throw new FormulaRefused(
      at,
      `${quotedCode(text)} is not a timeframe; use one of ${Object.keys(candleTimeframesMs).join(", ")}`,
    )
  return node(reader, { kind: "timeframe", of, timeframe: text, at })
}

function readFirst(reader: Reader): Formula {
  const token = take(reader)
  if (token.kind === "number") return node(reader, { kind: "number", value: Number(token.text), at: token.at })
  if (token.kind === "text") return node(reader, { kind: "text", text: token.text.slice(1, -1), at: token.at })
  if (token.kind === "name") return readName(reader, token)
  if (token.text === "(") return readParentheses(reader)
  throw new FormulaRefused(
    token.at,
    token.kind === "end"
      ? "the formula ends too early; a value is missing"
      : `a value is missing before ${quotedCode(token.text)}`,
  )
}

function readParentheses(reader: Reader): Formula {
  const formula = readChoice(reader)
  expect(reader, ")", "the closing `)` is missing")
  return formula
}

function readName(reader: Reader, token: Token): Formula {
  if (token.text === "and" || token.text === "or")
    throw new FormulaRefused(token.at, `a value is missing before ${quotedCode(token.text)}`)
  if (/^(AND|OR|NOT)$/.test(token.text))
    throw new FormulaRefused(token.at, `write ${quotedCode(token.text.toLowerCase())} in small letters`)
  if (peek(reader).text !== "(") return node(reader, { kind: "name", name: token.text, at: token.at })
  take(reader)
  return node(reader, { kind: "call", name: token.text, arguments: readArguments(reader), at: token.at })
}

function readArguments(reader: Reader): Formula[] {
  const found: Formula[] = []
  if (peek(reader).text === ")") return (take(reader), found)
  for (;;) {
    found.push(readChoice(reader))
    const token = take(reader)
    if (token.text === ")") return found
    if (token.text !== ",") throw new FormulaRefused(token.at, "a `,` or the closing `)` is missing")
  }
}

function deeper<Result>(reader: Reader, read: () => Result): Result {
  if (++reader.depth > formulaLimits.depth)
    throw new FormulaRefused(
      peek(reader).at,
      `a formula is nested at most ${formulaLimits.depth} deep; split it with series`,
    )
  const result = read()
  reader.depth--
  return result
}

function node(reader: Reader, formula: Formula): Formula {
  if (++reader.nodes > formulaLimits.nodes)
    throw new FormulaRefused(formula.at, `a formula has at most ${formulaLimits.nodes} parts; split it with series`)
  return formula
}

function expect(reader: Reader, text: string, because: string) {
  const token = take(reader)
  if (token.text !== text) throw new FormulaRefused(token.at, because)
}

const peek = (reader: Reader) => reader.tokens[reader.next]

function take(reader: Reader): Token {
  const token = peek(reader)
  if (token.kind !== "end") reader.next++
  return token
}
