import { SCRIPT_LIMITS } from "./script-limits.ts"
import type { ScriptToken } from "./script-token.ts"

/** An expression of Pine or Python as a tree. A dotted name such as `ta.sma` is one name. */
export type ScriptExpression =
  | { kind: "number"; value: number; isWhole?: boolean }
  | { kind: "text"; text: string; isFormat?: boolean }
  | { kind: "name"; name: string }
  | { kind: "member"; of: ScriptExpression; name: string }
  | {
      kind: "call"
      callee: ScriptExpression
      positional: ScriptExpression[]
      named: Map<string, ScriptExpression>
    }
  | { kind: "index"; of: ScriptExpression; index: ScriptExpression }
  | { kind: "unary"; operator: "-" | "not"; of: ScriptExpression }
  | {
      kind: "binary"
      operator: string
      left: ScriptExpression
      right: ScriptExpression
    }
  | {
      kind: "choice"
      condition: ScriptExpression
      yes: ScriptExpression
      no: ScriptExpression
    }
  | { kind: "list"; items: ScriptExpression[] }
  | { kind: "table"; entries: [ScriptExpression, ScriptExpression][] }

/** How strongly the operators of a language bind; higher binds tighter. */
export type ScriptGrammar = {
  strengths: Record<string, number>
  not: number
  hasChoice: boolean
}

const comparisons = {
  "==": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  in: 4,
}
const arithmetic = { "+": 8, "-": 8, "*": 9, "/": 9, "%": 9, "**": 11 }
export const pineGrammar: ScriptGrammar = {
  strengths: { or: 1, and: 2, ...comparisons, "==": 3, "!=": 3, ...arithmetic },
  not: 10,
  hasChoice: true,
}
/** In Python `&` and `|` bind tighter than comparisons, which is why freqtrade's conditions are full of brackets. */
export const pythonGrammar: ScriptGrammar = {
  strengths: { or: 1, and: 2, ...comparisons, "|": 5, "&": 6, ...arithmetic },
  not: 3,
  hasChoice: false,
}

/** `a.b().c().d()` is read from its end, one level for each link. */
const LONGEST_CHAIN = 40
/** A sum is read from its end too. */
const LONGEST_SUM = 200

/** The words ended or continued where the grammar does not allow it. */
export class NotAnExpression extends Error {}

/** All the words as one expression. Throws `NotAnExpression` for anything else. */
export function parseExpression(tokens: ScriptToken[], grammar: ScriptGrammar): ScriptExpression {
  const parser = new ExpressionParser(tokens, grammar)
  const expression = parser.list()
  if (!parser.atEnd) throw new NotAnExpression(`"${parser.next}" does not belong here`)
  return expression
}

class ExpressionParser {
  #at = 0
  #depth = 0

  constructor(
    readonly tokens: ScriptToken[],
    readonly grammar: ScriptGrammar,
  ) {}

  get atEnd() {
    return this.#at >= this.tokens.length
  }

  get next() {
    return this.tokens[this.#at]?.text ?? "the end"
  }

  /** One expression, or several with commas between them as a list. */
  list(): ScriptExpression {
    const first = this.expression()
    if (!this.#is(",")) return first
    const items = [first]
    while (this.#take(",") && !this.atEnd) items.push(this.expression())
    return { kind: "list", items }
  }

  expression(): ScriptExpression {
    if (++this.#depth > SCRIPT_LIMITS.depth) throw new NotAnExpression("it is nested too deeply")
    const condition = this.#binary(0)
    const whole = this.#choice(condition)
    this.#depth--
    return whole
  }

  #choice(condition: ScriptExpression): ScriptExpression {
    if (this.grammar.hasChoice && this.#take("?")) {
      const yes = this.expression()
      this.#expect(":")
      return { kind: "choice", condition, yes, no: this.expression() }
    }
    if (!this.grammar.hasChoice && this.#takeName("if")) {
      const asked = this.#binary(0)
      if (!this.#takeName("else")) throw new NotAnExpression("an `if` without its `else`")
      return {
        kind: "choice",
        condition: asked,
        yes: condition,
        no: this.expression(),
      }
    }
    return condition
  }

  #binary(least: number): ScriptExpression {
    let left = this.#unary()
    let terms = 0
    while (true) {
      if (++terms > LONGEST_SUM) throw new NotAnExpression("it joins too many parts")
      const operator = this.tokens[this.#at]
      const strength = operator && operator.kind !== "text" ? this.grammar.strengths[operator.text] : undefined
      if (strength === undefined || !Object.hasOwn(this.grammar.strengths, operator.text) || strength < least)
        return left
      this.#at++
      left = {
        kind: "binary",
        operator: operator.text,
        left,
        right: this.#binary(strength + 1),
      }
    }
  }

  #unary(): ScriptExpression {
    if (++this.#depth > SCRIPT_LIMITS.depth) throw new NotAnExpression("it is nested too deeply")
    const whole = this.#signed()
    this.#depth--
    return whole
  }

  #signed(): ScriptExpression {
    if (this.#take("-")) return { kind: "unary", operator: "-", of: this.#binary(10) }
    if (this.#take("+")) return this.#binary(10)
    if (this.#take("~")) return { kind: "unary", operator: "not", of: this.#binary(10) }
    if (this.#takeName("not"))
      return {
        kind: "unary",
        operator: "not",
        of: this.#binary(this.grammar.not),
      }
    return this.#behind(this.#primary())
  }

  #primary(): ScriptExpression {
    const token = this.tokens[this.#at++]
    if (!token) throw new NotAnExpression("it ends too early")
    if (token.kind === "number") return { kind: "number", value: Number(token.text), isWhole: /^\d+$/.test(token.text) }
    if (token.kind === "text") return { kind: "text", text: token.text }
    if (token.kind === "name" && token.text === "lambda" && !this.grammar.hasChoice) return this.#lambda()
    const quoted = this.tokens[this.#at]
    if (!this.grammar.hasChoice && /^[fFrRuUbB]$/.test(token.text) && quoted?.kind === "text") {
      this.#at++
      return {
        kind: "text",
        text: quoted.text,
        isFormat: /^[fF]$/.test(token.text),
      }
    }
    if (token.kind === "name") return { kind: "name", name: token.text }
    if (token.text === "(") return this.#inside(")")
    if (token.text === "[") return { kind: "list", items: this.#items("]") }
    if (token.text === "{") return { kind: "table", entries: this.#entries() }
    throw new NotAnExpression(`"${token.text}" does not belong here`)
  }

  /** `lambda x, y: x & y`: we keep only its presence; the known calls that take one always take the same. */
  #lambda(): ScriptExpression {
    while (!this.atEnd && !this.#is(":")) this.#at++
    this.#expect(":")
    this.expression()
    return { kind: "name", name: "lambda" }
  }

  #inside(end: string): ScriptExpression {
    const items = this.#items(end)
    return items.length === 1 ? items[0] : { kind: "list", items }
  }

  #items(end: string): ScriptExpression[] {
    const items: ScriptExpression[] = []
    while (!this.#take(end)) {
      items.push(this.expression())
      if (!this.#take(",") && !this.#is(end)) throw new NotAnExpression(`"${this.next}" does not belong here`)
    }
    return items
  }

  #entries(): [ScriptExpression, ScriptExpression][] {
    const entries: [ScriptExpression, ScriptExpression][] = []
    while (!this.#take("}")) {
      const key = this.expression()
      this.#expect(":")
      entries.push([key, this.expression()])
      if (!this.#take(",") && !this.#is("}")) throw new NotAnExpression(`"${this.next}" does not belong here`)
    }
    return entries
  }

  /** Calls, `[n]` and `.name` after a value. */
  #behind(of: ScriptExpression): ScriptExpression {
    let whole = of
    let links = 0
    while (true) {
      if (++links > LONGEST_CHAIN) throw new NotAnExpression("too many calls follow one another")
      if (this.#take("(")) whole = this.#call(whole)
      else if (this.#take("[")) whole = { kind: "index", of: whole, index: this.#inside("]") }
      else if (this.#take(".")) whole = { kind: "member", of: whole, name: this.#name() }
      else return whole
    }
  }

  #call(callee: ScriptExpression): ScriptExpression {
    const positional: ScriptExpression[] = []
    const named = new Map<string, ScriptExpression>()
    while (!this.#take(")")) {
      const [name, equals] = this.tokens.slice(this.#at, this.#at + 2)
      if (name?.kind === "name" && equals?.kind === "operator" && equals.text === "=") {
        this.#at += 2
        named.set(name.text, this.expression())
      } else positional.push(this.expression())
      if (!this.#take(",") && !this.#is(")")) throw new NotAnExpression(`"${this.next}" does not belong here`)
    }
    return { kind: "call", callee, positional, named }
  }

  #name(): string {
    const token = this.tokens[this.#at++]
    if (token?.kind !== "name") throw new NotAnExpression("a name is missing behind the dot")
    return token.text
  }

  #is(operator: string) {
    const token = this.tokens[this.#at]
    return token?.kind === "operator" && token.text === operator
  }

  #take(operator: string) {
    if (!this.#is(operator)) return false
    this.#at++
    return true
  }

  #takeName(name: string) {
    const token = this.tokens[this.#at]
    if (token?.kind !== "name" || token.text !== name) return false
    this.#at++
    return true
  }

  #expect(operator: string) {
    if (!this.#take(operator)) throw new NotAnExpression(`"${operator}" is missing before "${this.next}"`)
  }
}
