import { NotAnExpression } from "./script-expression.ts"
import { topLevel, type ScriptLine, type ScriptToken } from "./script-token.ts"

const typeWords = new Set(["int", "float", "bool", "string", "color", "series", "simple", "const", "input", "source"])

export type Assignment = {
  names: string[]
  operator: string
  value: ScriptToken[]
  isKept: boolean
  /** Declared as `float`. */
  isFloat: boolean
}

/** `float x = …`, `[a, b] = …`, `var x = …`, `x := …`; undefined where the line assigns nothing. */
export function assignmentOf(tokens: ScriptToken[]): Assignment | undefined {
  const [place] = topLevel(tokens, "=", ":=", "+=", "-=", "*=", "/=", "%=")
  if (place === undefined || topLevel(tokens, "=>").length > 0) return undefined
  const words = tokens.slice(0, place).filter(({ kind }) => kind === "name")
  const isKept = ["var", "varip"].includes(words[0]?.text)
  const left = isKept ? words.slice(1) : words
  const isList = tokens[0].text === "["
  const names = (isList ? left : left.slice(-1)).map(({ text }) => text)
  if (names.length === 0) throw new NotAnExpression("a name is missing before the =")
  return {
    names,
    operator: tokens[place].text,
    value: tokens.slice(place + 1),
    isKept,
    isFloat: words.some(({ text }) => text === "float"),
  }
}

/** Several statements in one row, `a = 1, b = 2`, as lines of their own. */
export function statementsOf(line: ScriptLine): ScriptLine[] {
  const commas = topLevel(line.tokens, ",")
  if (commas.length === 0 || line.block.length > 0) return [line]
  const edges = [-1, ...commas, line.tokens.length]
  const pieces = edges
    .slice(1)
    .map((end, n) => line.tokens.slice(edges[n] + 1, end))
    .filter(({ length }) => length > 0)
  return pieces.length > 0 ? pieces.map((tokens) => ({ ...line, tokens })) : [line]
}

/** Whether a word is a type, which says nothing about a value. */
export function isTypeWord({ text }: ScriptToken) {
  return typeWords.has(text)
}

/** Names whose value changes somewhere in these lines (`:=`, `+=`). */
export function changingNames(lines: Iterable<ScriptLine>): Set<string> {
  const names = new Set<string>()
  for (const { tokens } of lines) {
    tokens.forEach(({ text }, n) => {
      if ([":=", "+=", "-=", "*=", "/=", "%="].includes(text) && tokens[n - 1]?.kind === "name")
        names.add(tokens[n - 1].text)
    })
  }
  return names
}
