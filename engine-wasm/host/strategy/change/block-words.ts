import { formatShort } from "../../candles/number-format.ts"
import { plainText } from "../../candles/foreign-text.ts"
import { mayCode, type OrderTerm } from "../document/order-term.ts"
import {
  conditionsOf,
  documentLimits,
  type StrategyDocument,
  type StrategyRule,
} from "../document/strategy-document.ts"

type Protect = StrategyDocument["protect"]
type Params = StrategyDocument["params"]

/** A number to its last digit, or the label of the slider that stands for it. */
export function amountText(amount: number | string, params: Params): string {
  if (typeof amount === "string") return `“${shown(labelOf(amount, params))}”`
  const short = formatShort(amount)
  return Number(short.replaceAll(",", "").replace("−", "-")) === amount ? short : String(amount)
}

/** What a slider is called; where two are called the same, with its name in the formulas. */
export function labelOf(name: string, params: Params): string {
  const label = (Object.hasOwn(params, name) && params[name].label) || name
  const isTaken = Object.entries(params).some(([other, param]) => other !== name && (param.label || other) === label)
  return isTaken ? `${label} (${name})` : label
}

/** A person's own text, whole and on one line. */
export function shown(text: string): string {
  return plainText(text, documentLimits.formulaCharacters)
}

/** A rule on one line. */
export function ruleText(rule: StrategyRule): string {
  const { join, formulas } = conditionsOf(rule)
  return formulas.map(shown).join(join === "all" ? " and " : " or ")
}

/** A slider or switch on one line: "30, from 5 to 50 by 1". */
export function paramText(param: Params[string]): string {
  if (param.type === "bool") return param.value ? "on" : "off"
  const { value, min, max, step, type } = param
  const of = (amount: number) => amountText(amount, {})
  return `${of(value)}, from ${of(min)} to ${of(max)} by ${of(step)}${type === "int" ? ", whole" : ""}`
}

/** Each part of a document that changes as one thing, on one line with every number in it; undefined where it is unused. */
export function blockTexts(strategy: StrategyDocument): Record<string, string | undefined> {
  const { protect, size, orders, add, limits, params, code } = strategy
  const of = (amount: number | string) => amountText(amount, params)
  const percent = (amount: number | string | null) => (amount === null ? undefined : `${of(amount)} %`)
  return {
    "Stop loss": unlessCoded("stop", code, stopText(protect.stopLoss, of)),
    "Take profit": unlessCoded("target", code, listText(protect.takeProfit.map((target) => targetText(target, of)))),
    "Trailing stop": protect.trailing ? trailingText(protect.trailing, of) : undefined,
    "Break-even": protect.breakEven
      ? `at ${of(protect.breakEven.atPercent)} % ahead to ${of(protect.breakEven.plusPercent)} % above the entry`
      : undefined,
    "Enough profit": listText(
      protect.roi.map((step) => `${of(step.percent)} % after ${of(step.afterMinutes)} minutes`),
    ),
    "Time stop": protect.timeStop ? `after ${of(protect.timeStop.candles)} candles` : undefined,
    Size: unlessCoded("size", code, sizeText(size, of)),
    "Entry order": entryText(orders.entry, of),
    "Buying more": add
      ? `${of(add.maxTimes)} times, every ${of(add.everyDropPercent)} % down, each ${of(add.sizeMultiple)} times the one before`
      : undefined,
    "Open positions at most": of(limits.maxOpenPositions),
    "Candles between trades": of(limits.cooldownCandles),
    "Daily loss limit": percent(limits.dailyLossPercent),
    "Dip limit": percent(limits.maxDrawdownPercent),
    "Correlation limit": limits.maxCorrelation === null ? undefined : of(limits.maxCorrelation),
  }
}

type AmountWords = (amount: number | string) => string

function listText(texts: string[]): string | undefined {
  return texts.length === 0 ? undefined : texts.join("; ")
}

/** The document's own text of a term; where its code may set that, with what comes first. */
function unlessCoded(term: OrderTerm, code: StrategyDocument["code"], text: string | undefined): string | undefined {
  return mayCode(code, term) ? `the code's own, else ${text ?? "none"}` : text
}

function stopText(stop: Protect["stopLoss"], of: AmountWords): string {
  switch (stop.kind) {
    case "percent":
      return `${of(stop.percent)} %`
    case "atr":
      return `${of(stop.multiple)} × ATR over ${of(stop.length)} candles`
    case "price":
      return `at ${shown(stop.formula)}`
    case "none":
      return "none"
  }
}

function targetText(target: Protect["takeProfit"][number], of: AmountWords): string {
  const part = target.share === 1 ? "all that is open" : `${of(target.share)} of what is open`
  return `${"formula" in target ? `at ${shown(target.formula)}` : `${of(target.percent)} %`} on ${part}`
}

function trailingText({ percent, armAtPercent, beforeArmPercent }: NonNullable<Protect["trailing"]>, of: AmountWords) {
  const before = beforeArmPercent === undefined ? "" : `, ${of(beforeArmPercent)} % before that`
  return `${of(percent)} % behind, from ${of(armAtPercent)} % ahead${before}`
}

function sizeText(size: StrategyDocument["size"], of: AmountWords): string {
  switch (size.kind) {
    case "risk":
      return `risks ${of(size.percent)} % of the account, with at most ${of(size.maxPositionPercent)} % of it`
    case "equity":
      return `${of(size.percent)} % of the account`
    case "quote":
      return `${of(size.amount)} of the quote currency`
  }
}

function entryText(entry: StrategyDocument["orders"]["entry"], of: AmountWords): string {
  return entry.kind === "market"
    ? "market order"
    : `limit order ${of(entry.offsetPercent)} % better, given up after ${of(entry.expireCandles)} candles`
}
