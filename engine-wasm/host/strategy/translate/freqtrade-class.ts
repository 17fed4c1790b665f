import { isTimeframe } from "../../candles/timeframe.ts"
import type { Formula } from "../formula/formula.ts"
import { DraftStrategy } from "./draft-strategy.ts"
import { binary, isCondition, isIndicator, isNumber, named, NotOurs, yes } from "./formula-making.ts"
import { frameFormula, frameValue, type FrameScope } from "./freqtrade-value.ts"
import { numberParam } from "./pine-input.ts"
import { parseExpression, pythonGrammar, type ScriptExpression } from "./script-expression.ts"
import { scriptLines, type ScriptDialect, type ScriptLine, type ScriptToken } from "./script-token.ts"
import { TranslationNotes, type Translation } from "./translation.ts"

/** A Python line goes on only inside brackets (which the reader sees) or behind a backslash (which it passes over). */
const python: ScriptDialect = { comment: "#", continues: (_, before) => before.text.endsWith("\\") }

type Call = Extract<ScriptExpression, { kind: "call" }>

/** Attributes and methods that only draw, name, log or speak to freqtrade itself. */
const housekeeping = new Set(
  [
    "INTERFACE_VERSION startup_candle_count process_only_new_candles plot_config order_types order_time_in_force",
    "unfilledtimeout use_exit_signal ignore_roi_if_entry_signal ignore_buying_expired_candle_after exit_profit_only",
    "exit_profit_offset position_adjustment_enable can_short buy_params sell_params timeframe",
  ].flatMap((names) => names.split(" ")),
)

/** A freqtrade strategy class as a document, as far as our rules reach. Throws `UnreadableScript`. */
export function translateFreqtrade(text: string): Translation {
  return new FreqtradeTranslator().translate(scriptLines(text, python))
}

class FreqtradeTranslator {
  readonly #notes = new TranslationNotes()
  readonly #draft = new DraftStrategy()
  readonly #scope: FrameScope = { frame: "dataframe", locals: new Map(), columns: new Map(), own: new Map() }
  #trailing = { on: false, positive: 0, offset: 0, onlyOffset: false }
  #stop: number | undefined
  /** Conditions collected in a list, `conditions.append(…)`. */
  readonly #lists = new Map<string, Formula[]>()

  translate(lines: ScriptLine[]): Translation {
    const classes = lines.filter(({ tokens }) => tokens[0].text === "class")
    for (const line of lines)
      if (!classes.includes(line) && line.block.length > 0)
        this.#notes.missed(line, "it stands outside the strategy's class")
    for (const extra of classes.slice(1)) this.#notes.missed(extra, "only the first class is read")
    if (classes[0]) this.#class(classes[0])
    this.#protect()
    return this.#notes.answer(this.#draft)
  }

  #class(line: ScriptLine) {
    this.#draft.name = line.tokens[1].text.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    const methods: ScriptLine[] = []
    for (const one of line.block) {
      const first = one.tokens[0].text
      if (first === "def") methods.push(one)
      else if (first === "@") this.#notes.left(one, "a decorator speaks to freqtrade itself")
      else if (one.tokens[0].kind !== "text" && first !== "pass") this.#notes.attempt(one, () => this.#attribute(one))
    }
    for (const method of methods) this.#method(method)
  }

  #attribute(line: ScriptLine) {
    const equals = line.tokens.findIndex(({ kind, text }) => kind === "operator" && text === "=")
    const name = line.tokens[0].text
    if (equals === -1) throw new NotOurs("it is no setting we know")
    const value = parseExpression(line.tokens.slice(equals + 1), pythonGrammar)
    if (name === "minimal_roi") return this.#roi(value)
    if (name === "stoploss") return void (this.#stop = numberIn(value))
    if (name === "trailing_stop") return void (this.#trailing.on = isTrue(value))
    if (name === "trailing_stop_positive") return void (this.#trailing.positive = isNone(value) ? 0 : numberIn(value))
    if (name === "trailing_stop_positive_offset") return void (this.#trailing.offset = numberIn(value))
    if (name === "trailing_only_offset_is_reached") return void (this.#trailing.onlyOffset = isTrue(value))
    if (name === "timeframe" && value.kind === "text" && isTimeframe(value.text))
      return void (this.#draft.timeframe = value.text)
    if (name === "max_open_trades") return void (this.#draft.mostPositions = numberIn(value))
    if (housekeeping.has(name)) return this.#notes.left(line, "it speaks to freqtrade itself")
    if (value.kind === "call") return this.#parameter(name, value)
    this.#scope.own.set(name, frameFormula(value, this.#scope))
  }

  /** `IntParameter(10, 50, default=30, space="buy")` */
  #parameter(name: string, { callee, positional, named: byName }: Call) {
    const kind = callee.kind === "name" ? callee.name : ""
    const low = byName.get("low") ?? positional[0]
    const high = byName.get("high") ?? positional[1]
    const standard = byName.get("default")
    if (kind === "BooleanParameter")
      return this.#own(name, { type: "bool", label: name, value: standard !== undefined && isTrue(standard) })
    if (!["IntParameter", "DecimalParameter", "RealParameter"].includes(kind) || !standard || !low || !high)
      throw new NotOurs(`\`${kind}\` has no equal here`)
    const bounds = { min: numberIn(low), max: numberIn(high) }
    this.#own(name, numberParam(kind === "IntParameter" ? "int" : "number", name, numberIn(standard), bounds))
  }

  #own(name: string, written: Parameters<DraftStrategy["params"]["set"]>[1]) {
    const free = this.#draft.freeName(name)
    this.#draft.params.set(free, written)
    this.#scope.own.set(name, named(free))
  }

  #roi(value: ScriptExpression) {
    if (value.kind !== "table") throw new NotOurs("the table of returns is not written out")
    this.#draft.protect.roi = value.entries
      .map(([minutes, ratio]) => ({ afterMinutes: numberIn(minutes), percent: percentOf(numberIn(ratio)) }))
      .sort((a, b) => a.afterMinutes - b.afterMinutes)
  }

  #method(line: ScriptLine) {
    const name = line.tokens[1].text
    const sides = {
      populate_entry_trend: "enter",
      populate_buy_trend: "enter",
      populate_exit_trend: "exit",
      populate_sell_trend: "exit",
    } as const
    const isRead = name === "populate_indicators" || Object.hasOwn(sides, name)
    if (!isRead) {
      if (["informative_pairs", "version", "leverage", "__init__"].includes(name))
        return this.#notes.left(line, "it speaks to freqtrade itself")
      return this.#notes.missed(line, `\`${name}\` decides by itself, which rules cannot say`)
    }
    this.#scope.frame = line.tokens.filter(({ kind }) => kind === "name")[3]?.text ?? "dataframe"
    this.#scope.locals.clear()
    this.#lists.clear()
    this.#body(line.block, yes)
  }

  #body(lines: ScriptLine[], condition: Formula) {
    for (const line of lines) {
      const [first, second] = line.tokens
      if (first.kind === "text" || ["return", "pass"].includes(first.text)) continue
      if (first.text === "if" && !this.#isListCheck(line)) this.#branch(line, condition)
      else if (first.text === "if") this.#body(line.block, condition)
      else if (["for", "while", "with", "try", "elif", "else"].includes(first.text))
        this.#skip([line], `rules have no \`${first.text}\` of this kind`)
      else if (/^(logger|print)(\.|$)/.test(first.text) && second?.text !== "=")
        this.#notes.left(line, "it only writes a note")
      else this.#notes.attempt(line, () => this.#statement(line, condition))
    }
  }

  /** `if conditions:` asks only whether the list has something in it. */
  #isListCheck({ tokens }: ScriptLine) {
    return tokens.length === 3 && this.#lists.has(tokens[1].text)
  }

  #branch(line: ScriptLine, condition: Formula) {
    let asked: Formula | undefined
    this.#notes.attempt(line, () => {
      asked = this.#formula(line.tokens.slice(1, -1))
    })
    if (asked) this.#body(line.block, binary("and", condition, asked))
    else this.#skip(line.block, "it stands under a condition that was not understood")
  }

  #skip(lines: ScriptLine[], why: string) {
    for (const line of lines) {
      this.#notes.missed(line, why)
      this.#skip(line.block, why)
    }
  }

  #statement({ tokens }: ScriptLine, condition: Formula) {
    const equals = tokens.findIndex(
      (token, n) => token.kind === "operator" && token.text === "=" && depthAt(tokens, n) === 0,
    )
    if (equals === -1) return this.#append(tokens, condition)
    const target = parseExpression(tokens.slice(0, equals), pythonGrammar)
    const value = tokens.slice(equals + 1)
    if (target.kind === "index" && isLoc(target, this.#scope.frame)) return this.#signal(target, value, condition)
    if (
      target.kind === "index" &&
      target.of.kind === "name" &&
      target.of.name === this.#scope.frame &&
      target.index.kind === "text"
    )
      return this.#column(target.index.text, this.#formula(value))
    if (target.kind !== "name") throw new NotOurs("something other than a column or a name is set")
    const expression = parseExpression(value, pythonGrammar)
    if (expression.kind === "list")
      return void this.#lists.set(
        target.name,
        expression.items.map((item) => frameFormula(item, this.#scope)),
      )
    this.#scope.locals.set(target.name, frameValue(expression, this.#scope))
  }

  #column(name: string, formula: Formula) {
    this.#scope.columns.set(
      name,
      isCondition(formula) || !isIndicator(formula) ? formula : this.#draft.keep(name, formula),
    )
  }

  /** `conditions.append(…)` */
  #append(tokens: ScriptToken[], condition: Formula) {
    const expression = parseExpression(tokens, pythonGrammar)
    const name = expression.kind === "call" && expression.callee.kind === "name" ? expression.callee.name : ""
    const list = name.endsWith(".append") ? this.#lists.get(name.slice(0, -".append".length)) : undefined
    if (!list || expression.kind !== "call" || !expression.positional[0]) throw new NotOurs("it does nothing we know")
    const appended = frameFormula(expression.positional[0], this.#scope)
    // A condition that a setting switches off is true while it is off.
    list.push(
      isNumber(condition, 1)
        ? appended
        : binary("or", { kind: "unary", operator: "not", of: condition, at: 0 }, appended),
    )
  }

  /** `dataframe.loc[condition, "enter_long"] = 1`, with or without a tag beside it. */
  #signal(target: Extract<ScriptExpression, { kind: "index" }>, value: ScriptToken[], condition: Formula) {
    if (target.index.kind !== "list") throw new NotOurs("it does not say which column is set")
    const [asked, column] = target.index.items
    const columns = (column?.kind === "list" ? column.items : [column]).map((one) =>
      one?.kind === "text" ? one.text : "",
    )
    const set = parseExpression(value, pythonGrammar)
    const isOn = (set.kind === "list" ? set.items[0] : set).kind === "number"
    const whole = binary("and", condition, this.#whole(asked))
    const known = columns.map((name) => signals[name]).find((signal) => signal !== undefined)
    if (!known || !isOn) throw new NotOurs("the column is no signal we know")
    if (known[0] === "enter") this.#draft.enter(known[1], whole)
    else this.#draft.exit(known[1], whole)
  }

  /** A condition, or `reduce(lambda x, y: x & y, conditions)` over a list of them. */
  #whole(asked: ScriptExpression): Formula {
    const name = asked.kind === "call" && asked.callee.kind === "name" ? asked.callee.name : ""
    const list = name === "reduce" && asked.kind === "call" ? asked.positional.at(-1) : undefined
    const conditions = list?.kind === "name" ? this.#lists.get(list.name) : undefined
    if (!conditions) return frameFormula(asked, this.#scope)
    return conditions.reduce((all, one) => binary("and", all, one), yes)
  }

  #formula(tokens: ScriptToken[]): Formula {
    return frameFormula(parseExpression(tokens, pythonGrammar), this.#scope)
  }

  #protect() {
    const { on, positive, offset, onlyOffset } = this.#trailing
    if (this.#stop !== undefined && this.#stop > -1)
      this.#draft.protect.stopLoss = { kind: "percent", percent: percentOf(-this.#stop) }
    if (!on) return
    const wide = this.#stop === undefined ? undefined : percentOf(-this.#stop)
    const percent = positive > 0 ? percentOf(positive) : wide
    if (percent === undefined) return
    const armAtPercent = positive > 0 ? percentOf(offset) : 0
    const beforeArm = positive > 0 && !onlyOffset && wide !== undefined ? { beforeArmPercent: wide } : {}
    this.#draft.protect.trailing = { percent, armAtPercent, ...beforeArm }
  }
}

const signals: Record<string, ["enter" | "exit", "long" | "short"]> = {
  enter_long: ["enter", "long"],
  buy: ["enter", "long"],
  exit_long: ["exit", "long"],
  sell: ["exit", "long"],
  enter_short: ["enter", "short"],
  exit_short: ["exit", "short"],
}

function isLoc({ of }: Extract<ScriptExpression, { kind: "index" }>, frame: string) {
  return of.kind === "name" && of.name === `${frame}.loc`
}

function depthAt(tokens: ScriptToken[], place: number): number {
  const worth = ({ kind, text }: ScriptToken) =>
    kind !== "operator" ? 0 : "([{".includes(text) ? 1 : ")]}".includes(text) ? -1 : 0
  return tokens.slice(0, place).reduce((sum, token) => sum + worth(token), 0)
}

function numberIn(expression: ScriptExpression): number {
  if (expression.kind === "number") return expression.value
  if (expression.kind === "text" && expression.text.trim() !== "" && Number.isFinite(Number(expression.text)))
    return Number(expression.text)
  if (expression.kind === "unary" && expression.operator === "-") return -numberIn(expression.of)
  throw new NotOurs("the number is not written outright")
}

function percentOf(ratio: number) {
  return Number((ratio * 100).toPrecision(10))
}

function isTrue(expression: ScriptExpression) {
  return expression.kind === "name" && expression.name === "True"
}

function isNone(expression: ScriptExpression) {
  return expression.kind === "name" && expression.name === "None"
}
