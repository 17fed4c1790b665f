import { isTimeframe } from "../../candles/timeframe.ts"
import type { DraftStrategy } from "./draft-strategy.ts"
import { named, NotOurs, word } from "./formula-making.ts"
import { frameFormula, type FrameScope } from "./freqtrade-value.ts"
import { numberParam } from "./pine-input.ts"
import { parseExpression, pythonGrammar, type ScriptExpression } from "./script-expression.ts"
import type { ScriptLine } from "./script-token.ts"
import type { TranslationNotes } from "./translation.ts"

type Call = Extract<ScriptExpression, { kind: "call" }>

/** Attributes and methods that only draw, name, log or configure freqtrade itself. */
const housekeeping = new Set(
  [
    "INTERFACE_VERSION startup_candle_count process_only_new_candles plot_config order_types order_time_in_force",
    "unfilledtimeout ignore_buying_expired_candle_after exit_profit_offset sell_profit_offset",
    "use_custom_stoploss use_custom_roi max_entry_position_adjustment",
  ].flatMap((names) => names.split(" ")),
)

/** Switches that, turned on, let Python or freqtrade decide what rules do not say. */
const switches = new Set(
  [
    "exit_profit_only sell_profit_only ignore_roi_if_entry_signal ignore_roi_if_buy_signal position_adjustment_enable",
  ].flatMap((names) => names.split(" ")),
)

/** Methods that freqtrade asks only while an attribute is True, which none is by itself. */
const askedWhile: Readonly<Record<string, string>> = {
  custom_stoploss: "use_custom_stoploss",
  custom_roi: "use_custom_roi",
  adjust_trade_position: "position_adjustment_enable",
}

/** The attributes of a freqtrade class: its settings, parameters, stop and table of returns. */
export class FreqtradeSettings {
  canShort = false
  followsExits = true
  readonly #asking = new Set<string>()
  readonly #chosen = new Map<string, ScriptExpression>()
  #trailing = { on: false, positive: 0, offset: 0, onlyOffset: false }
  #stop: number | undefined
  #stopLine: ScriptLine | undefined
  #trailingLine: ScriptLine | undefined

  constructor(
    readonly draft: DraftStrategy,
    readonly scope: FrameScope,
    readonly notes: TranslationNotes,
  ) {}

  /** Takes one attribute of the class. Throws `NotOurs`. */
  attribute(line: ScriptLine) {
    const equals = line.tokens.findIndex(({ kind, text }) => kind === "operator" && text === "=")
    const name = line.tokens[0].text
    if (equals === -1) throw new NotOurs("we do not know this setting")
    if (name === "plot_config") return this.notes.left(line, "it draws")
    const value = parseExpression(line.tokens.slice(equals + 1), pythonGrammar)
    if (name === "minimal_roi") return this.#roi(value)
    if (name === "stoploss") return void ([this.#stop, this.#stopLine] = [numberIn(value), line])
    if (name === "trailing_stop") return void ([this.#trailing.on, this.#trailingLine] = [isTrue(value), line])
    if (name === "trailing_stop_positive") return void (this.#trailing.positive = isNone(value) ? 0 : numberIn(value))
    if (name === "trailing_stop_positive_offset") return void (this.#trailing.offset = numberIn(value))
    if (name === "trailing_only_offset_is_reached") return void (this.#trailing.onlyOffset = isTrue(value))
    if (name === "timeframe" || name === "ticker_interval") return this.#timeframe(value)
    if (name === "can_short") return void (this.canShort = isTrue(value))
    if (name === "use_exit_signal" || name === "use_sell_signal") return void (this.followsExits = isTrue(value))
    if (Object.values(askedWhile).includes(name) && !isFalse(value)) this.#asking.add(name)
    if (switches.has(name)) {
      if (isTrue(value)) throw new NotOurs(`\`${name}\` lets freqtrade decide more than rules say`)
      return this.notes.left(line, "it is off, as it is here")
    }
    if (isParams(line)) return this.#take(value)
    if (name === "max_open_trades") return this.#most(line, numberIn(value))
    if (name === "stake_amount") return this.#stake(line, value)
    if (name === "stake_currency") return this.notes.left(line, "the currency is the market's own here")
    if (housekeeping.has(name)) return this.notes.left(line, "it configures freqtrade itself")
    if (value.kind === "call") return this.#parameter(line, name, value)
    this.scope.own.set(name, frameFormula(value, this.scope))
  }

  /** The attribute that keeps freqtrade from asking this method; undefined where it asks. */
  switchedOff(method: string): string | undefined {
    const by = Object.hasOwn(askedWhile, method) ? askedWhile[method] : undefined
    return by === undefined || this.#asking.has(by) ? undefined : by
  }

  /** -1 is freqtrade's word for no limit. */
  #most(line: ScriptLine, maxOpenPositions: number) {
    if (maxOpenPositions < 0) return this.notes.left(line, "it sets no limit; here one is set under limits")
    this.draft.proveParts({ limits: { maxOpenPositions } })
    this.draft.limits.maxOpenPositions = maxOpenPositions
  }

  /** A number of money for each entry; "unlimited" shares the account among the open trades. */
  #stake(line: ScriptLine, value: ScriptExpression) {
    if (value.kind === "text") return this.notes.left(line, "the size is set under size here")
    const size = { kind: "quote", amount: numberIn(value) } as const
    this.draft.proveParts({ size })
    this.draft.size = size
  }

  #timeframe(value: ScriptExpression) {
    if (value.kind !== "text" || !isTimeframe(value.text)) throw new NotOurs("we do not have this timeframe")
    this.draft.timeframe = value.text
    this.scope.own.set("timeframe", word(value.text))
  }

  /** `buy_params = {"rsi": 35}`: the values freqtrade uses in place of its parameters' defaults. */
  #take(value: ScriptExpression) {
    if (value.kind !== "table") throw new NotOurs("the table of parameters is not written out")
    for (const [key, chosen] of value.entries) if (key.kind === "text") this.#chosen.set(key.text, chosen)
  }

  /** `IntParameter(10, 50, default=30, space="buy")` */
  #parameter(line: ScriptLine, name: string, { callee, positional, named: byName }: Call) {
    const kind = callee.kind === "name" ? callee.name : ""
    const low = byName.get("low") ?? positional[0]
    const high = byName.get("high") ?? positional[1]
    const standard = this.#chosen.get(name) ?? byName.get("default")
    if (kind === "CategoricalParameter" && standard) {
      if (standard.kind === "name" && ["True", "False"].includes(standard.name))
        return this.#own(line, name, {
          type: "bool",
          label: name,
          value: isTrue(standard),
        })
      const chosen = frameFormula(standard, this.scope)
      this.scope.own.set(name, chosen)
      return this.notes.kept(line, chosen)
    }
    if (kind === "BooleanParameter")
      return this.#own(line, name, {
        type: "bool",
        label: name,
        value: standard !== undefined && isTrue(standard),
      })
    if (!["IntParameter", "DecimalParameter", "RealParameter"].includes(kind) || !standard || !low || !high)
      throw new NotOurs(`\`${kind}\` has no equal here`)
    const bounds = { min: numberIn(low), max: numberIn(high) }
    const step = kind === "DecimalParameter" ? { step: 10 ** -decimalsOf(byName.get("decimals")) } : {}
    const type = kind === "IntParameter" ? "int" : "number"
    this.#own(line, name, numberParam(type, name, numberIn(standard), { ...bounds, ...step }))
  }

  #own(line: ScriptLine, name: string, written: Parameters<DraftStrategy["params"]["set"]>[1]) {
    const free = this.draft.freeName(name)
    this.draft.params.set(free, written)
    this.draft.settingLines.set(free, line)
    this.scope.own.set(name, named(free))
  }

  #roi(value: ScriptExpression) {
    if (value.kind !== "table") throw new NotOurs("the table of returns is not written out")
    const roi = value.entries
      .map(([minutes, ratio]) => ({
        afterMinutes: numberIn(minutes),
        percent: percentOf(numberIn(ratio)),
      }))
      // People write a return of ten thousand percent for "never".
      .filter(({ percent }) => percent <= 10_000)
      .sort((a, b) => a.afterMinutes - b.afterMinutes)
    this.draft.proveParts({ protect: { stopLoss: { kind: "none" }, roi } })
    this.draft.protect.roi = roi
  }

  /** Stop and trailing, when all attributes are known. */
  protect() {
    const { on } = this.#trailing
    if (this.#stopLine && this.#stop !== undefined && this.#stop > -1)
      this.notes.attempt(this.#stopLine, () => this.#stopAt(percentOf(-this.#stop!)))
    if (on && this.#trailingLine) this.notes.attempt(this.#trailingLine, () => this.#trail())
  }

  #stopAt(percent: number) {
    const stopLoss = { kind: "percent", percent } as const
    this.draft.proveParts({ protect: { stopLoss } })
    this.draft.protect.stopLoss = stopLoss
  }

  #trail() {
    const { positive, offset, onlyOffset } = this.#trailing
    const wide = this.#stop === undefined ? undefined : percentOf(-this.#stop)
    const percent = positive > 0 ? percentOf(positive) : wide
    if (percent === undefined) return
    const armAtPercent = positive > 0 ? percentOf(offset) : 0
    const beforeArm = positive > 0 && !onlyOffset && wide !== undefined ? { beforeArmPercent: wide } : {}
    const trailing = { percent, armAtPercent, ...beforeArm }
    this.draft.proveParts({ protect: { stopLoss: { kind: "none" }, trailing } })
    this.draft.protect.trailing = trailing
  }
}

/** `buy_params`, read before the parameters they set. */
export function isParams({ tokens }: ScriptLine) {
  return /^(buy|sell|enter|exit)_params$/.test(tokens[0].text)
}

/** Freqtrade tries three decimals where a parameter does not say how many. */
function decimalsOf(given: ScriptExpression | undefined): number {
  const decimals = given ? numberIn(given) : 3
  return Math.min(8, Math.max(0, Math.round(decimals)))
}

function numberIn(expression: ScriptExpression): number {
  if (expression.kind === "number") return expression.value
  if (expression.kind === "text" && expression.text.trim() !== "" && Number.isFinite(Number(expression.text)))
    return Number(expression.text)
  if (expression.kind === "unary" && expression.operator === "-") return -numberIn(expression.of)
  if (expression.kind === "binary" && expression.operator === "*")
    return numberIn(expression.left) * numberIn(expression.right)
  if (expression.kind === "binary" && expression.operator === "/")
    return numberIn(expression.left) / numberIn(expression.right)
  throw new NotOurs("the number is not written outright")
}

function percentOf(ratio: number) {
  return Number((ratio * 100).toPrecision(10))
}

function isTrue(expression: ScriptExpression) {
  return expression.kind === "name" && expression.name === "True"
}

function isFalse(expression: ScriptExpression) {
  return expression.kind === "name" && expression.name === "False"
}

function isNone(expression: ScriptExpression) {
  return expression.kind === "name" && expression.name === "None"
}

/** `def leverage(…): return 3.0`: leverage is the account's here. */
export function leverageNote(line: ScriptLine, notes: TranslationNotes) {
  const [first, ...others] = line.block.filter(({ tokens }) => tokens[0].kind !== "text")
  const value = first?.tokens.length === 2 && first.tokens[0].text === "return" ? first.tokens[1] : undefined
  if (value?.kind !== "number" || others.length > 0)
    return notes.missed(line, "`leverage` decides by itself; here leverage is one number, a setting of the test")
  notes.left(
    line,
    `it trades with ${Number(value.text)} times leverage; here that is a setting of the test, not of the rules`,
  )
}
