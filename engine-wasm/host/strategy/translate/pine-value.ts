import { formulaText, type BinaryOperator, type Formula } from "../formula/formula.ts"
import {
  ago,
  binary,
  choice,
  isKnown,
  isNumber,
  minus,
  named,
  not,
  NotOurs,
  number,
  onTimeframe,
  word,
} from "./formula-making.ts"
import type { PineFunction, PineScope } from "./pine-scope.ts"
import { oneTick } from "./pine-distance.ts"
import { sessionCondition, timestampValue, yearCondition } from "./pine-time.ts"
import { pineFunctions, pineNames, type Given } from "./pine-functions.ts"
import {
  isWholeConstant,
  perhapsConstant,
  towardsZero,
  wholeArithmetic,
  wholeConstant,
  withRest,
} from "./pine-whole-numbers.ts"
import { parseExpression, pineGrammar, type ScriptExpression } from "./script-expression.ts"

const DEEPEST_CALL = 20
const operators = new Set(["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or"])

/** The expression as one of our formulas. Throws `NotOurs` where it has no equivalent. */
export function formulaOf(expression: ScriptExpression, scope: PineScope): Formula {
  const found = valueOf(expression, scope)
  if (Array.isArray(found)) throw new NotOurs("there are several values where one is needed")
  return found
}

/** The expression's value, or values where a function returns several at once. */
export function valueOf(expression: ScriptExpression, scope: PineScope): Formula | Formula[] {
  switch (expression.kind) {
    case "number":
      return expression.isWhole ? wholeConstant(expression.value) : number(expression.value)
    case "text":
      return word(expression.text)
    case "name":
      return nameValue(expression.name, scope)
    case "unary":
      return unaryValue(expression, scope)
    case "binary":
      return binaryValue(expression, scope)
    case "choice":
      return choiceValue(expression, scope)
    case "index":
      refuseChanging(expression.of, scope)
      return ago(formulaOf(expression.of, scope), formulaOf(expression.index, scope))
    case "list":
      return expression.items.map((item) => formulaOf(item, scope))
    case "call":
      return callValue(expression, scope)
    default:
      throw new NotOurs("our formulas have no such thing")
  }
}

function unaryValue({ operator, of }: Extract<ScriptExpression, { kind: "unary" }>, scope: PineScope): Formula {
  const value = formulaOf(of, scope)
  if (operator === "-") return isWholeConstant(value) ? wholeConstant(-value.value) : minus(value)
  return not(value)
}

/** A changing name's value on an earlier candle depends on all candles before: not a formula. */
function refuseChanging(of: ScriptExpression, { changing, values }: PineScope) {
  if (of.kind === "name" && changing.has(of.name))
    throw new NotOurs(`\`${of.name}\` changes from candle to candle, which rules cannot say`)
  if (of.kind !== "name") return
  const value = values.get(of.name)
  if (value && /position\./.test(formulaText(value))) throw new NotOurs("rules do not know earlier positions")
}

/** A setting such as `input.source(…)` or a period of the chart's own. */
const ownTimeframe = word("")

function nameValue(name: string, { values, version, changing, lost }: PineScope): Formula {
  const own = changing.has(name) ? values.get(name) : undefined
  if (own) return withRest(own)
  if (!values.has(name) && lost.has(name)) throw new NotOurs(lost.get(name)!)
  const found = values.get(name) ?? pineNames.get(name) ?? (version < 5 ? oldName(name) : undefined)
  if (found) return found
  const day = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"].indexOf(name.split(".")[1])
  if (name.startsWith("dayofweek.") && day !== -1) return number(day + 1)
  if (name === "dayofweek") return binary("+", binary("%", named("weekday"), number(7)), number(1))
  if (name === "time") return named("time")
  if (name === "timeframe.period" || name === "period") return ownTimeframe
  if (name === "syminfo.mintick") return oneTick
  throw new NotOurs(`\`${name}\` means nothing here`)
}

function binaryValue(expression: Extract<ScriptExpression, { kind: "binary" }>, outer: PineScope): Formula {
  const { operator } = expression
  const { dropsRest = false } = outer
  const scope = dropsRest ? { ...outer, dropsRest: false } : outer
  if (!operators.has(operator)) throw new NotOurs(`our formulas have no ${operator}`)
  const asked = positionCondition(expression, scope) ?? yearCondition(expression, scope, formulaOf)
  if (asked) return asked
  const [left, right] = [formulaOf(expression.left, scope), formulaOf(expression.right, scope)]
  if (left.kind === "text" || right.kind === "text") return textComparison(operator, left, right)
  const whole = wholeArithmetic({ operator, left, right, dropsRest }, scope.version)
  if (whole) return whole
  return binary(operator as BinaryOperator, left, right)
}

/** `strategy.position_size > 0`: the sign of the position, which is known wherever a rule applies. */
function positionCondition({ operator, left, right }: Extract<ScriptExpression, { kind: "binary" }>, scope: PineScope) {
  const names = [left, right].map((one) => (one.kind === "name" ? one.name : ""))
  const which = names.findIndex((name) => ["strategy.position_size", "strategy.opentrades"].includes(name))
  if (which === -1) return undefined
  const other = formulaOf(which === 0 ? right : left, scope)
  if (!isNumber(other, 0)) throw new NotOurs("here a rule knows only whether there is a position, not how large it is")
  const sign = named("position.size")
  const size = names[which] === "strategy.opentrades" ? binary("*", sign, sign) : sign
  return binary(operator as BinaryOperator, ...((which === 0 ? [size, other] : [other, size]) as [Formula, Formula]))
}

/** Names that older versions wrote without their family. */
function oldName(name: string): Formula | undefined {
  if (["tr", "obv", "vwap"].includes(name)) return pineNames.get(`ta.${name}`)
  return undefined
}

/** Whether two texts are equal, as a condition. */
export function textsEqual(left: Formula, right: Formula): Formula {
  return textComparison("==", left, right)
}

function textComparison(operator: string, left: Formula, right: Formula): Formula {
  if (left.kind !== "text" || right.kind !== "text") throw new NotOurs("a text is compared with a number")
  if (operator === "==") return number(Number(left.text === right.text))
  if (operator === "!=") return number(Number(left.text !== right.text))
  throw new NotOurs("texts can only be equal or not")
}

function choiceValue({ condition, yes, no }: Extract<ScriptExpression, { kind: "choice" }>, scope: PineScope) {
  const asked = formulaOf(condition, scope)
  // The other branch may be anything, such as a kind of average we do not have.
  if (isNumber(asked)) return valueOf(asked.value !== 0 ? yes : no, scope)
  return choice(asked, formulaOf(yes, scope), formulaOf(no, scope))
}

function callValue(expression: Extract<ScriptExpression, { kind: "call" }>, scope: PineScope): Formula | Formula[] {
  const name = expression.callee.kind === "name" ? expression.callee.name : ""
  if (name === "request.security" || name === "security") return securityValue(expression, scope)
  if (name === "na") return not(knownValue(expression, scope))
  if (name === "time") throw new NotOurs("a session is asked with `na(time(…))`")
  if (name === "timestamp") return timestampValue(expression, scope, formulaOf)
  if (name === "iff" && expression.positional.length === 3) {
    const [condition, yes, no] = expression.positional
    return choiceValue({ kind: "choice", condition, yes, no }, scope)
  }
  if (/^input(\.|$)/.test(name)) return scope.setting(expression)
  if (name === "int" && expression.positional.length === 1)
    return towardsZero(formulaOf(expression.positional[0], droppingRest(expression.positional[0], scope)), scope)
  const own = scope.functions.get(name)
  if (own) return ownCall(own, expression, scope)
  const old = scope.version < 5
  const full =
    old && pineFunctions.has(`ta.${name}`)
      ? `ta.${name}`
      : old && pineFunctions.has(`math.${name}`)
        ? `math.${name}`
        : name
  const translate = pineFunctions.get(full)
  if (!translate) throw new NotOurs(name ? `\`${name}\` has no equal here` : "a method of a value has no equal here")
  const inside = full === "math.floor" ? droppingRest(expression.positional[0], scope) : scope
  const [given, allRead, count] = givenOf(expression, inside, name)
  const found = translate(given, count, scope.version)
  allRead()
  return found
}

/** The scope of a division whose rest is dropped by the call around it. */
function droppingRest(argument: ScriptExpression | undefined, scope: PineScope): PineScope {
  return argument?.kind === "binary" && argument.operator === "/" ? { ...scope, dropsRest: true } : scope
}

/** Whether `na(…)` would be false: 1 where the value is known, or the candle lies in the session. */
function knownValue({ positional }: Extract<ScriptExpression, { kind: "call" }>, scope: PineScope): Formula {
  const [asked] = positional
  if (asked?.kind === "call" && asked.callee.kind === "name" && asked.callee.name === "time")
    return sessionCondition(asked, scope, formulaOf)
  if (asked?.kind === "name" && scope.sessions.has(asked.name)) return scope.sessions.get(asked.name)!
  if (!asked) throw new NotOurs("`na` is asked of nothing")
  return isKnown(formulaOf(asked, scope))
}

/** The arguments of a call, translated on first use. */
function givenOf(
  { positional, named }: Extract<ScriptExpression, { kind: "call" }>,
  scope: PineScope,
  of: string,
): [Given, () => void, number] {
  const unread = new Set<ScriptExpression>([...positional, ...named.values()])
  const given: Given = (place, name, otherwise) => {
    const argument = named.get(name) ?? positional[place]
    if (argument) unread.delete(argument)
    if (argument) return formulaOf(argument, scope)
    if (otherwise) return otherwise
    throw new NotOurs(`\`${of}\` is called without its ${name}`)
  }
  const allRead = () => {
    if (unread.size > 0) throw new NotOurs(`\`${of}\` is given more than its equal here takes`)
  }
  return [given, allRead, positional.length]
}

function securityValue({ positional, named }: Extract<ScriptExpression, { kind: "call" }>, scope: PineScope) {
  const symbol = positional[0] ?? named.get("symbol")
  const isOwn = symbol?.kind === "name" && ["syminfo.tickerid", "syminfo.ticker", "tickerid"].includes(symbol.name)
  if (!isOwn) throw new NotOurs("a rule sees its own market only")
  const asked = positional[1] ?? named.get("timeframe")
  const expression = positional[2] ?? named.get("expression")
  if (!asked || !expression) throw new NotOurs("it is called without its timeframe or expression")
  refuseOther(positional, named)
  const timeframe = formulaOf(asked, scope)
  if (timeframe === ownTimeframe || (timeframe.kind === "text" && timeframe.text === ""))
    return valueOf(expression, scope)
  const ours = timeframe.kind === "text" ? pineTimeframe(timeframe.text) : undefined
  if (!ours) throw new NotOurs("we do not have this timeframe")
  const values = valueOf(expression, scope)
  return Array.isArray(values) ? values.map((one) => onTimeframe(one, ours)) : onTimeframe(values, ours)
}

/** Gaps leave holes, and lookahead knows a candle before it is over. */
function refuseOther(positional: ScriptExpression[], named: Map<string, ScriptExpression>) {
  const modes = [...positional.slice(3), ...["gaps", "lookahead"].map((word) => named.get(word))]
  for (const mode of modes) {
    const name = mode?.kind === "name" ? mode.name : ""
    if (/lookahead_on$|^true$/.test(name))
      throw new NotOurs("it looks into the future: a candle is read before it is over")
    if (mode && !/_off$|^false$/.test(name)) throw new NotOurs("a higher timeframe with gaps has no equal here")
  }
  for (const word of named.keys()) {
    if (!["symbol", "timeframe", "expression", "gaps", "lookahead"].includes(word))
      throw new NotOurs(`\`${word}\` of another timeframe has no equal here`)
  }
}

/** Pine's "60" is an hour, "D" a day. */
export function pineTimeframe(text: string): string | undefined {
  const names: Record<string, string> = {
    "60": "1h",
    "120": "2h",
    "240": "4h",
    "360": "6h",
    "480": "8h",
    "720": "12h",
  }
  const minutes = ["1", "3", "5", "15", "30"].includes(text) ? `${text}m` : undefined
  const days: Record<string, string> = {
    D: "1d",
    "1D": "1d",
    W: "1w",
    "1W": "1w",
  }
  return minutes ?? names[text] ?? days[text]
}

function ownCall(own: PineFunction, call: Extract<ScriptExpression, { kind: "call" }>, scope: PineScope) {
  if (scope.depth >= DEEPEST_CALL) throw new NotOurs("it calls itself")
  if (call.positional.length > own.parameters.length) throw new NotOurs("it is called with more than it takes")
  const values = new Map(scope.values)
  own.parameters.forEach(({ name, otherwise }, n) => {
    const argument = call.named.get(name) ?? call.positional[n]
    if (!argument && otherwise.length === 0) throw new NotOurs(`it is called without its ${name}`)
    values.set(name, perhapsConstant(formulaOf(argument ?? parseExpression(otherwise, pineGrammar), scope)))
  })
  return scope.blockValue(own.body, { ...scope, values, depth: scope.depth + 1 })
}

/** Gives names to a value, or to several at once. */
export function bind(scope: PineScope, names: string[], value: Formula | Formula[]) {
  const values = Array.isArray(value) ? value : [value]
  if (values.length !== names.length)
    throw new NotOurs(`there are ${values.length} values for ${names.length} ${names.length === 1 ? "name" : "names"}`)
  names.forEach((name, n) => scope.values.set(name, values[n]))
}
