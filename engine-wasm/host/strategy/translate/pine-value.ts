import type { BinaryOperator, Formula } from "../formula/formula.ts"
import { ago, binary, choice, isNumber, minus, not, NotOurs, number, onTimeframe, word } from "./formula-making.ts"
import { pineFunctions, pineNames, type Given } from "./pine-functions.ts"
import type { ScriptExpression } from "./script-expression.ts"

/** A function the script defines: its parameters, and what it gives. */
export type PineFunction = {
  parameters: string[]
  locals: { names: string[]; value: ScriptExpression }[]
  result: ScriptExpression
}

/** What names mean at a place of the script. */
export type PineScope = {
  values: Map<string, Formula>
  functions: Map<string, PineFunction>
  depth: number
  /** What a question to the person (`input.int(…)`) stands for. */
  setting: (input: Extract<ScriptExpression, { kind: "call" }>) => Formula
}

const DEEPEST_CALL = 20
const operators = new Set(["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or"])

/** The expression as one formula of ours. Throws `NotOurs` where it has no equal. */
export function formulaOf(expression: ScriptExpression, scope: PineScope): Formula {
  const found = valueOf(expression, scope)
  if (Array.isArray(found)) throw new NotOurs("several values stand where one is needed")
  return found
}

/** The expression's value, or values where a function gives several at once. */
export function valueOf(expression: ScriptExpression, scope: PineScope): Formula | Formula[] {
  switch (expression.kind) {
    case "number":
      return number(expression.value)
    case "text":
      return word(expression.text)
    case "name":
      return nameValue(expression.name, scope)
    case "unary":
      return (expression.operator === "-" ? minus : not)(formulaOf(expression.of, scope))
    case "binary":
      return binaryValue(expression, scope)
    case "choice":
      return choiceValue(expression, scope)
    case "index":
      return ago(formulaOf(expression.of, scope), formulaOf(expression.index, scope))
    case "list":
      return expression.items.map((item) => formulaOf(item, scope))
    case "call":
      return callValue(expression, scope)
    default:
      throw new NotOurs("our formulas have no such thing")
  }
}

function nameValue(name: string, { values }: PineScope): Formula {
  const found = values.get(name) ?? pineNames.get(name)
  if (found) return found
  const day = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"].indexOf(name.split(".")[1])
  if (name.startsWith("dayofweek.") && day !== -1) return number(day)
  if (name === "dayofweek") return { kind: "name", name: "weekday", at: 0 }
  throw new NotOurs(`\`${name}\` means nothing here`)
}

function binaryValue(expression: Extract<ScriptExpression, { kind: "binary" }>, scope: PineScope): Formula {
  const { operator } = expression
  if (!operators.has(operator)) throw new NotOurs(`our formulas have no ${operator}`)
  const period = periodCondition(expression)
  if (period) return period
  const [left, right] = [formulaOf(expression.left, scope), formulaOf(expression.right, scope)]
  if (left.kind === "text" || right.kind === "text") return textComparison(operator, left, right)
  return binary(operator as BinaryOperator, left, right)
}

/** Which dates are tested is chosen when the test is run; the position's size is asked for by the rules themselves. */
function periodCondition({ left, right }: Extract<ScriptExpression, { kind: "binary" }>): Formula | undefined {
  const names = [left, right].map((one) => (one.kind === "name" ? one.name : ""))
  const isTimestamp = [left, right].some(
    (one) => one.kind === "call" && one.callee.kind === "name" && one.callee.name === "timestamp",
  )
  const isDate = names.some((name) => ["time", "time_close", "year"].includes(name))
  return (isDate && isTimestamp) || names.includes("strategy.position_size") ? number(1) : undefined
}

function textComparison(operator: string, left: Formula, right: Formula): Formula {
  if (left.kind !== "text" || right.kind !== "text") throw new NotOurs("a text is compared with a number")
  if (operator === "==") return number(Number(left.text === right.text))
  if (operator === "!=") return number(Number(left.text !== right.text))
  throw new NotOurs("texts can only be equal or not")
}

function choiceValue({ condition, yes, no }: Extract<ScriptExpression, { kind: "choice" }>, scope: PineScope) {
  const asked = formulaOf(condition, scope)
  // What is not chosen may be anything, such as a kind of average we do not have.
  if (isNumber(asked)) return valueOf(asked.value !== 0 ? yes : no, scope)
  return choice(asked, formulaOf(yes, scope), formulaOf(no, scope))
}

function callValue(expression: Extract<ScriptExpression, { kind: "call" }>, scope: PineScope): Formula | Formula[] {
  const name = expression.callee.kind === "name" ? expression.callee.name : ""
  if (name === "request.security" || name === "security") return securityValue(expression, scope)
  if (name === "na") throw new NotOurs("a condition on a value that is not known yet is always false here")
  if (/^input(\.|$)/.test(name)) return scope.setting(expression)
  const own = scope.functions.get(name)
  if (own) return ownCall(own, expression, scope)
  const translate = pineFunctions.get(name) ?? pineFunctions.get(`ta.${name}`)
  if (!translate) throw new NotOurs(name ? `\`${name}\` has no equal here` : "a method of a value has no equal here")
  return translate(givenOf(expression, scope, name))
}

/** The arguments of a call, translated when they are asked for. */
function givenOf(
  { positional, named }: Extract<ScriptExpression, { kind: "call" }>,
  scope: PineScope,
  of: string,
): Given {
  return (place, name, otherwise) => {
    const argument = named.get(name) ?? positional[place]
    if (argument) return formulaOf(argument, scope)
    if (otherwise) return otherwise
    throw new NotOurs(`\`${of}\` is called without its ${name}`)
  }
}

function securityValue({ positional, named }: Extract<ScriptExpression, { kind: "call" }>, scope: PineScope) {
  const symbol = positional[0] ?? named.get("symbol")
  const isOwn = symbol?.kind === "name" && ["syminfo.tickerid", "syminfo.ticker"].includes(symbol.name)
  if (!isOwn) throw new NotOurs("a rule sees its own market only")
  const asked = positional[1] ?? named.get("timeframe")
  const expression = positional[2] ?? named.get("expression")
  if (!asked || !expression) throw new NotOurs("it is called without its timeframe or expression")
  const timeframe = formulaOf(asked, scope)
  const ours = timeframe.kind === "text" ? pineTimeframe(timeframe.text) : undefined
  if (!ours) throw new NotOurs("the timeframe is none we have")
  const values = valueOf(expression, scope)
  return Array.isArray(values) ? values.map((one) => onTimeframe(one, ours)) : onTimeframe(values, ours)
}

/** Pine's "60" is an hour, "D" a day. */
export function pineTimeframe(text: string): string | undefined {
  const names: Record<string, string> = { "60": "1h", "120": "2h", "240": "4h", "360": "6h", "480": "8h", "720": "12h" }
  const minutes = ["1", "3", "5", "15", "30"].includes(text) ? `${text}m` : undefined
  const days: Record<string, string> = { D: "1d", "1D": "1d", W: "1w", "1W": "1w" }
  return minutes ?? names[text] ?? days[text]
}

function ownCall(own: PineFunction, { positional }: Extract<ScriptExpression, { kind: "call" }>, scope: PineScope) {
  if (scope.depth >= DEEPEST_CALL) throw new NotOurs("it calls itself")
  if (positional.length !== own.parameters.length) throw new NotOurs("it is called with other arguments than it has")
  const values = new Map(scope.values)
  own.parameters.forEach((name, n) => values.set(name, formulaOf(positional[n], scope)))
  const inner = { ...scope, values, depth: scope.depth + 1 }
  for (const { names, value } of own.locals) bind(inner, names, valueOf(value, inner))
  return valueOf(own.result, inner)
}

/** Gives names to a value, or to several at once. */
export function bind(scope: PineScope, names: string[], value: Formula | Formula[]) {
  const values = Array.isArray(value) ? value : [value]
  if (values.length !== names.length) throw new NotOurs(`${names.length} names stand for ${values.length} values`)
  names.forEach((name, n) => scope.values.set(name, values[n]))
}
