import { formulaText, type BinaryOperator, type Formula } from "../formula/formula.ts"
import { ago, binary, call, choice, isNumber, minus, named, not, NotOurs, number, word, yes } from "./formula-making.ts"
import { freqtradeFunctions, sampleDeviation, type Columns, type Given } from "./freqtrade-functions.ts"
import type { ScriptExpression } from "./script-expression.ts"

type Call = Extract<ScriptExpression, { kind: "call" }>

/**
 * The meaning of names and columns: local variables, columns of the frame, the class's own attributes and parameters.
 */
export type FrameScope = {
  frame: string
  locals: Map<string, Columns>
  columns: Map<string, Formula>
  own: Map<string, Formula>
  /** Frames of the same market on a higher timeframe, until they are merged. */
  frames: Map<string, InformativeFrame>
  /** The modules' names in the script. */
  aliases: Map<string, string>
}

/** A frame of a higher timeframe: its columns as formulas of that timeframe. */
export type InformativeFrame = {
  timeframe: string
  columns: Map<string, Formula>
}

/** Replaces a column that was not understood, so that nothing uses an older value. */
export function lostColumn(line: number): Formula {
  return word(`${LOST}${line}`)
}

const LOST = "\0lost"

const inputs = new Set(["open", "high", "low", "close", "volume"])
const operators: Record<string, BinaryOperator> = {
  "&": "and",
  "|": "or",
  and: "and",
  or: "or",
}
const plain = new Set(["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!="])

/** The Python expression as one formula. Throws `NotOurs` where it has no equivalent. */
export function frameFormula(expression: ScriptExpression, scope: FrameScope): Formula {
  const found = frameValue(expression, scope)
  if (!("kind" in found)) throw new NotOurs("there are several columns where one is needed")
  return found
}

/** The same, or the columns of an indicator with several. */
export function frameValue(expression: ScriptExpression, scope: FrameScope): Columns {
  switch (expression.kind) {
    case "number":
      return number(expression.value)
    case "text":
      return word(expression.isFormat ? formatted(expression.text, scope) : expression.text)
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

/** `f"ema_{self.length.value}"`: a setting keeps its name, since one column serves all its values. */
function formatted(text: string, scope: FrameScope): string {
  return text.replaceAll(/\{([\w.]+)\}/g, (_, name: string) => {
    const found = nameValue(name, scope)
    if (!("kind" in found)) throw new NotOurs("a text is composed of several columns")
    return found.kind === "text" ? found.text : formulaText(found)
  })
}

function nameValue(name: string, scope: FrameScope): Columns {
  if (name === "True") return yes
  if (name === "False") return number(0)
  const local = scope.locals.get(name)
  if (local) return local
  const [first, ...rest] = name.split(".")
  if (name === "np.nan" || name === "numpy.nan") return number(Number.NaN)
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
  const [one, other] = [frameFormula(left, scope), frameFormula(right, scope)]
  if (one.kind === "text" && other.kind === "text" && ["==", "!="].includes(ours))
    return number(Number((one.text === other.text) === (ours === "==")))
  if (one.kind === "text" || other.kind === "text") throw new NotOurs("a text is compared with a number")
  return binary(ours, one, other)
}

/** `dataframe["rsi"]`, or `macd["macdsignal"]` of an indicator with several columns. */
function columnValue({ of, index }: Extract<ScriptExpression, { kind: "index" }>, scope: FrameScope): Formula {
  const name = frameFormula(index, scope)
  if (name.kind !== "text") throw new NotOurs("a column is chosen by something other than its name")
  if (of.kind === "name" && of.name === scope.frame) return columnOf(name.text, scope)
  const found = frameValue(of, scope)
  const column = "kind" in found ? undefined : found.columns.get(name.text.replace(/_\d+_\d+(\.\d+)?$/, ""))
  if (!column) throw new NotOurs(`there is no column "${name.text.slice(0, 40)}"`)
  return column
}

function columnOf(name: string, scope: FrameScope): Formula {
  const own = scope.columns.get(name)
  if (own?.kind === "text" && own.text.startsWith(LOST))
    throw new NotOurs(`the column "${name.slice(0, 40)}" was not understood`)
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
  const translate = freqtradeFunctions.get(wholeName(callee.name, scope))
  if (translate) {
    const [given, allRead] = givenOf(expression, scope, callee.name)
    const found = translate(given)
    allRead()
    return found
  }
  const parts = callee.name.split(".")
  const method = parts.pop()!
  if (parts.length > 0) return methodValue({ kind: "name", name: parts.join(".") }, method, expression, scope)
  throw new NotOurs(`\`${callee.name}\` has no equal here`)
}

/** `pta.rsi` of `import pandas_ta as pta` is `pandas_ta.rsi`, `ta.RSI` of TA-Lib `ta.RSI`. */
function wholeName(name: string, { aliases }: FrameScope): string {
  const [first, ...rest] = name.split(".")
  const module = aliases.get(first) ?? first
  return [module, ...rest]
    .join(".")
    .replace(/^talib\.(abstract\.)?/, "ta.")
    .replace(/^\w+(\.\w+)*\.qtpylib(\.indicators)?\./, "qtpylib.")
    .replace(/^numpy\./, "np.")
}

/** The arguments, and a check that each was used: a skipped one would change the meaning. */
function givenOf({ positional, named: byName }: Call, scope: FrameScope, of: string): [Given, () => void] {
  const isFrame = (argument: ScriptExpression) => argument.kind === "name" && argument.name === scope.frame
  const unread = new Set([...positional, ...byName.values()].filter((argument) => !isFrame(argument)))
  const given: Given = (place, name, otherwise) => {
    const price = name === "real" ? byName.get("price") : undefined
    if (price) unread.delete(price)
    if (price) return columnOf(textIn(price), scope)
    const argument = byName.get(name) ?? positional[place]
    if (argument) unread.delete(argument)
    if (argument && !(isFrame(argument) && otherwise)) return frameFormula(argument, scope)
    if (otherwise) return otherwise
    throw new NotOurs(`\`${of}\` is called without its ${name}`)
  }
  const allRead = () => {
    if (unread.size > 0) throw new NotOurs(`\`${of}\` is given more than its equal here takes`)
  }
  return [given, allRead]
}

/** `price="open"` names the column that TA-Lib reads. */
function textIn(expression: ScriptExpression): string {
  if (expression.kind !== "text") throw new NotOurs("a column is chosen by something other than its name")
  return expression.text
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

/** `series.rolling(20)` or `series.ewm(span=20)`, before the method on it. */
function windowOf(expression: ScriptExpression, scope: FrameScope): Window | undefined {
  if (expression.kind !== "call") return undefined
  const { callee, positional, named: byName } = expression
  const parts = callee.kind === "name" ? callee.name.split(".") : []
  const kind = callee.kind === "member" ? callee.name : parts.pop()
  if (kind !== "rolling" && kind !== "ewm") return undefined
  const of = callee.kind === "member" ? callee.of : ({ kind: "name", name: parts.join(".") } as const)
  const length = byName.get(kind === "rolling" ? "window" : "span") ?? positional[0]
  if (!length) throw new NotOurs("a window without its length")
  return {
    of: frameFormula(of, scope),
    length: frameFormula(length, scope),
    kind,
  }
}

const windowFunctions: Record<string, string> = {
  mean: "sma",
  max: "highest",
  min: "lowest",
  sum: "sum",
  median: "median",
}

function windowValue({ of, length, kind }: Window, method: string): Formula {
  if (kind === "rolling" && method === "std") return sampleDeviation(of, length)
  if (kind === "ewm" && method === "mean") return call("ema", of, length)
  const ours = Object.hasOwn(windowFunctions, method) ? windowFunctions[method] : undefined
  if (kind === "rolling" && ours) return call(ours, of, length)
  throw new NotOurs(`\`.${kind}().${method.slice(0, 40)}()\` has no equal here`)
}
