import { formulaText, type Formula } from "../formula/formula.ts"
import { binary, choice, not } from "./formula-making.ts"
import { topLevel, type ScriptToken } from "./script-token.ts"

/** `mask &= x` as `mask = (mask) & (x)`; undefined where the line is no such change. */
export function writtenOut(tokens: ScriptToken[]): ScriptToken[] | undefined {
  const [equals = -1] = topLevel(tokens, "=", "+=", "-=", "*=", "/=")
  const isShort = tokens[equals]?.text.length === 2
  const sign = isShort ? tokens[equals].text[0] : tokens[equals - 1]?.text
  if (equals < 1 || (!isShort && sign !== "&" && sign !== "|")) return undefined
  const target = tokens.slice(0, isShort ? equals : equals - 1)
  const word = (text: string): ScriptToken => ({ kind: "operator", text, line: tokens[0].line })
  const value = tokens.slice(equals + 1)
  return [...target, word("="), word("("), ...target, word(")"), word(sign), word("("), ...value, word(")")]
}

/** The old value, or the changed one where the condition holds; `and` and `or` onto the old one stay readable. */
export function changedWhere(condition: Formula, old: Formula, changed: Formula): Formula {
  const goesOn = changed.kind === "binary" && formulaText(changed.left) === formulaText(old)
  if (goesOn && changed.operator === "and") return binary("and", old, binary("or", not(condition), changed.right))
  if (goesOn && changed.operator === "or") return binary("or", old, binary("and", condition, changed.right))
  return choice(condition, changed, old)
}
