import type { Formula } from "../formula/formula.ts"
import { binary, choice, isNumber, NotOurs, word, yes } from "./formula-making.ts"
import { assignmentOf } from "./pine-statement.ts"
import type { PineScope } from "./pine-scope.ts"
import { bind, formulaOf, textsEqual, valueOf } from "./pine-value.ts"
import { withRest } from "./pine-whole-numbers.ts"
import { parseExpression, pineGrammar } from "./script-expression.ts"
import { topLevel, type ScriptLine, type ScriptToken } from "./script-token.ts"

/** More cases than a person would write. */
const MOST_CASES = 60

type Value = Formula | Formula[]

/** The value of a block of lines: its last line, after the names before it. Throws `NotOurs`. */
export function blockValue(lines: ScriptLine[], outer: PineScope): Value {
  const scope = { ...outer, values: new Map(outer.values) }
  for (let n = 0; n < lines.length; n++) {
    const assigned = assignmentOf(lines[n].tokens)
    if (assigned?.isKept) throw new NotOurs("a function that remembers values from candle to candle has no equal here")
    const tokens = assigned?.value ?? lines[n].tokens
    const others = elseLines(lines, n)
    n += others.length
    const value = tokensValue(tokens, [lines[n - others.length], ...others], scope)
    if (!assigned) {
      if (n === lines.length - 1) return value
      throw new NotOurs("a function that does something beside giving a value has no equal here")
    }
    if (assigned.operator !== "=" && assigned.operator !== ":=")
      throw new NotOurs("a function that changes its values has no equal here")
    bind(scope, assigned.names, assigned.isFloat && !Array.isArray(value) ? withRest(value) : value)
    if (n === lines.length - 1) return value
  }
  throw new NotOurs("it gives nothing")
}

/** The `else` lines that continue the `if` of line n. */
export function elseLines(lines: ScriptLine[], n: number): ScriptLine[] {
  const tokens = assignmentOf(lines[n].tokens)?.value ?? lines[n].tokens
  if (tokens[0]?.text !== "if") return []
  let end = n + 1
  while (lines[end]?.tokens[0].text === "else") end++
  if (end - n > MOST_CASES) throw new NotOurs("it has too many cases")
  return lines.slice(n + 1, end)
}

/** An expression, or `if … else` and `switch` over the blocks of these lines. */
export function tokensValue(tokens: ScriptToken[], lines: ScriptLine[], scope: PineScope): Value {
  if (tokens[0]?.text === "if") return ifValue(tokens.slice(1), lines, scope)
  if (tokens[0]?.text === "switch") return switchValue(tokens.slice(1), lines[0].block, scope)
  return valueOf(parseExpression(tokens, pineGrammar), scope)
}

function ifValue(asked: ScriptToken[], [line, ...others]: ScriptLine[], scope: PineScope): Value {
  const condition = formulaOf(parseExpression(asked, pineGrammar), scope)
  const no = (): Value => {
    const [next, ...rest] = others
    if (!next) throw new NotOurs("an `if` without `else` gives nothing where it is false")
    const words = next.tokens.slice(1)
    return words[0]?.text === "if" ? ifValue(words.slice(1), [next, ...rest], scope) : blockValue(next.block, scope)
  }
  return chosen(condition, () => blockValue(line.block, scope), no)
}

function switchValue(asked: ScriptToken[], arms: ScriptLine[], scope: PineScope): Value {
  const [first, ...rest] = arms
  if (arms.length > MOST_CASES) throw new NotOurs("it has too many cases")
  if (!first) throw new NotOurs("a `switch` without a case that is true gives nothing")
  const { condition, body } = armOf(first, asked, scope)
  return chosen(
    condition,
    () => blockValue(body, scope),
    () => switchValue(asked, rest, scope),
  )
}

/** One case of a `switch`: what must hold, and the lines after its arrow. */
export function armOf(arm: ScriptLine, asked: ScriptToken[], scope: PineScope) {
  const [arrow] = topLevel(arm.tokens, "=>")
  if (arrow === undefined) throw new NotOurs("a case of a `switch` without its arrow")
  const behind = arm.tokens.slice(arrow + 1)
  const body = behind.length > 0 ? [{ ...arm, tokens: behind }] : arm.block
  const wanted = arm.tokens.slice(0, arrow)
  if (wanted.length === 0) return { condition: yes, body }
  const value = formulaOf(parseExpression(wanted, pineGrammar), scope)
  if (asked.length === 0) return { condition: value, body }
  const given = formulaOf(parseExpression(asked, pineGrammar), scope)
  const isText = given.kind === "text" || value.kind === "text"
  return {
    condition: isText ? textsEqual(given, value) : binary("==", given, value),
    body,
  }
}

/** A known condition chooses at once, and the other branch may be anything. */
function chosen(condition: Formula, whenTrue: () => Value, whenFalse: () => Value): Value {
  if (isNumber(condition)) return condition.value !== 0 ? whenTrue() : whenFalse()
  const [yes, no] = [whenTrue(), whenFalse()]
  if (!Array.isArray(yes) && !Array.isArray(no)) return choice(condition, yes, no)
  const [many, others] = [[yes].flat(), [no].flat()]
  if (many.length !== others.length) throw new NotOurs("the cases give different numbers of values")
  return many.map((one, n) => choice(condition, one, others[n] ?? word("")))
}
