import type { BinaryOperator, Formula } from "../formula/formula.ts"
import { ago, binary, call, choice, isNumber, minus, named, not, NotOurs, number, word, yes } from "./formula-making.ts"
import { freqtradeFunctions, type Columns, type Given } from "./freqtrade-functions.ts"
import type { ScriptExpression } from "./script-expression.ts"

type Call = Extract<ScriptExpression, { kind: "call" }>

/** What names and columns mean: local variables, columns of the frame, the class's own attributes and parameters. */
export type FrameScope = {
  frame: string
  locals: Map<string, Columns>
  columns: Map<string, Formula>
  own: Map<string, Formula>
}

const inputs = new Set(["open", "high", "low", "close", "volume"])
const operators: Record<string, BinaryOperator> = { "&": "and", "|": "or", and: "and", or: "or" }
const plain = new Set(["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!="])

/** The Python expression as one formula. Throws `NotOurs` where it has no equal. */
export function frameFormula(expression: ScriptExpression, scope: FrameScope): Formula {
  const found = frameValue(expression, scope)
  if (!("kind" in found)) throw new NotOurs("several columns stand where one is needed")
  return found
}

/** The same, or the columns of an indicator with several. */
export function frameValue(expression: ScriptExpression, scope: FrameScope): Columns {
  switch (expression.kind) {
    case "number":
      return number(expression.value)
    case "text":
      return word(expression.text)
    case "name":
      return nameValue(expression.name, scope)
    case "unary":
      return (expression.operator === "-" ? minus : not)(frameFormula(expression.of, scope))
    case "binary":
      return binaryValue(expression, scope)
    case "choice":
      return choice(
        frameFormula(expression.condition, scope),
        frameFormula(expression.yes, scope),
        frameFormula(expression.no, scope),
      )
    case "index":
      return columnValue(expression, scope)
    case "member":
      return memberValue(expression, scope)
    case "call":
      return callValue(expression, scope)
    default:
      throw new NotOurs("our formulas have no such thing")
  }
}

function nameValue(name: string, scope: FrameScope): Columns {
  if (name === "True") return yes
  if (name === "False") return number(0)
  const local = scope.locals.get(name)
  if (local) return local
  const [first, ...rest] = name.split(".")
  if (first === scope.frame && rest.length === 1) return columnOf(rest[0], scope)
  const own = first === "self" ? scope.own.get(rest.filter((part) => part !== "value").join(".")) : undefined
  if (own) return own
  throw new NotOurs(`\`${name}\` means nothing here`)
}

function binaryValue(
  { operator, left, right }: Extract<ScriptExpression, { kind: "binary" }>,
  scope: FrameScope,
): Formula {
  const ours = operators[operator] ?? (plain.has(operator) ? (operator as BinaryOperator) : undefined)
  if (!ours) throw new NotOurs(`our formulas have no ${operator}`)
  return binary(ours, frameFormula(left, scope), frameFormula(right, scope))
}

/** `dataframe["rsi"]`, or `macd["macdsignal"]` of an indicator with several columns. */
function columnValue({ of, index }: Extract<ScriptExpression, { kind: "index" }>, scope: FrameScope): Formula {
  if (index.kind !== "text") throw new NotOurs("a column is chosen by something other than its name")
  if (of.kind === "name" && of.name === scope.frame) return columnOf(index.text, scope)
  const found = frameValue(of, scope)
  const column = "kind" in found ? undefined : found.columns.get(index.text)
  if (!column) throw new NotOurs(`there is no column "${index.text.slice(0, 40)}"`)
  return column
}

function columnOf(name: string, scope: FrameScope): Formula {
  const own = scope.columns.get(name)
  if (own) return own
  if (inputs.has(name)) return named(name)
  throw new NotOurs(`the column "${name.slice(0, 40)}" was not understood`)
}

function memberValue({ of, name }: Extract<ScriptExpression, { kind: "member" }>, scope: FrameScope): Formula {
  if (name === "value") return frameFormula(of, scope)
  throw new NotOurs(`\`.${name.slice(0, 40)}\` has no equal here`)
}

function callValue(expression: Call, scope: FrameScope): Columns {
  const { callee } = expression
  if (callee.kind === "member") return methodValue(callee.of, callee.name, expression, scope)
  if (callee.kind !== "name") throw new NotOurs("our formulas have no such call")
  const translate = freqtradeFunctions.get(callee.name.replace(/^talib\.(abstract\.)?/, "ta."))
  if (translate) return translate(givenOf(expression, scope, callee.name))
  const parts = callee.name.split(".")
  const method = parts.pop()!
  if (parts.length > 0) return methodValue({ kind: "name", name: parts.join(".") }, method, expression, scope)
  throw new NotOurs(`\`${callee.name}\` has no equal here`)
}

function givenOf({ positional, named: byName }: Call, scope: FrameScope, of: string): Given {
  return (place, name, otherwise) => {
    const argument = byName.get(name) ?? positional[place]
    const isFrame = argument?.kind === "name" && argument.name === scope.frame
    if (argument && !(isFrame && otherwise)) return frameFormula(argument, scope)
    if (otherwise) return otherwise
    throw new NotOurs(`\`${of}\` is called without its ${name}`)
  }
}

/** Methods of a pandas series: `.shift(1)`, `.rolling(20).mean()`, `.abs()` … */
function methodValue(
  of: ScriptExpression,
  method: string,
  { positional, named: byName }: Call,
  scope: FrameScope,
): Formula {
  const first = (name: string, otherwise: Formula) => {
    const given = byName.get(name) ?? positional[0]
    return given ? frameFormula(given, scope) : otherwise
  }
  const window = windowOf(of, scope)
  if (window) return windowValue(window, method)
  const value = () => frameFormula(of, scope)
  switch (method) {
    case "shift":
      return shifted(value(), first("periods", yes))
    case "abs":
      return call("abs", value())
    case "diff":
      return call("change", value(), first("periods", yes))
    case "pct_change":
      return binary("-", binary("/", value(), ago(value(), first("periods", yes))), yes)
    case "fillna":
      return call("nz", value(), first("value", number(0)))
    case "eq":
    case "gt":
    case "lt":
    case "ge":
    case "le":
      return binary(({ eq: "==", gt: ">", lt: "<", ge: ">=", le: "<=" } as const)[method], value(), first("other", yes))
    default:
      throw new NotOurs(`\`.${method.slice(0, 40)}()\` has no equal here`)
  }
}

/** A negative shift would look into the future. */
function shifted(of: Formula, candles: Formula): Formula {
  if (isNumber(candles) && candles.value < 0) throw new NotOurs("it looks into the future, which no bot can")
  return ago(of, candles)
}

type Window = { of: Formula; length: Formula; kind: "rolling" | "ewm" }

/** `series.rolling(20)` or `series.ewm(span=20)`, before the method that says what of it. */
function windowOf(expression: ScriptExpression, scope: FrameScope): Window | undefined {
  if (expression.kind !== "call") return undefined
  const { callee, positional, named: byName } = expression
  const parts = callee.kind === "name" ? callee.name.split(".") : []
  const kind = callee.kind === "member" ? callee.name : parts.pop()
  if (kind !== "rolling" && kind !== "ewm") return undefined
  const of = callee.kind === "member" ? callee.of : ({ kind: "name", name: parts.join(".") } as const)
  const length = byName.get(kind === "rolling" ? "window" : "span") ?? positional[0]
  if (!length) throw new NotOurs("a window without its length")
  return { of: frameFormula(of, scope), length: frameFormula(length, scope), kind }
}

const windowFunctions: Record<string, string> = {
  mean: "sma",
  max: "highest",
  min: "lowest",
  sum: "sum",
  median: "median",
}

function windowValue({ of, length, kind }: Window, method: string): Formula {
  if (kind === "ewm" && method === "mean") return call("ema", of, length)
  const ours = Object.hasOwn(windowFunctions, method) ? windowFunctions[method] : undefined
  if (kind === "rolling" && ours) return call(ours, of, length)
  throw new NotOurs(`\`.${kind}().${method.slice(0, 40)}()\` has no equal here`)
}
