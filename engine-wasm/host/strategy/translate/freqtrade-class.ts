import { isTimeframe } from "../../candles/timeframe.ts"
import type { Formula } from "../formula/formula.ts"
import { DraftStrategy } from "./draft-strategy.ts"
import {
  binary,
  choice,
  isCondition,
  isIndicator,
  isNumber,
  LONG_FORMULA,
  not,
  NotOurs,
  sizeOf,
  yes,
} from "./formula-making.ts"
import { frameFormula, frameValue, lostColumn, type FrameScope } from "./freqtrade-value.ts"
import { changedWhere, writtenOut } from "./freqtrade-change.ts"
import { FreqtradeSettings, isParams, leverageNote } from "./freqtrade-settings.ts"
import { frameOf, informativeColumns, mergedColumns } from "./freqtrade-frame.ts"
import { parseExpression, pythonGrammar, type ScriptExpression } from "./script-expression.ts"
import { pythonLines } from "./python-lines.ts"
import { topLevel, type ScriptLine, type ScriptToken } from "./script-token.ts"
import { NEVER_PLACED, settled, TranslationNotes, type Translation } from "./translation.ts"

/** A freqtrade strategy class as a document, as far as our rules reach. */
export function translateFreqtrade(text: string): Translation {
  return new FreqtradeTranslator().translate(pythonLines(text))
}

class FreqtradeTranslator {
  readonly #notes = new TranslationNotes()
  readonly #draft = new DraftStrategy()
  readonly #scope: FrameScope = {
    frame: "dataframe",
    locals: new Map(),
    columns: new Map(),
    own: new Map(),
    frames: new Map(),
    aliases: new Map(),
  }
  readonly #shorts: ScriptLine[] = []
  readonly #settings = new FreqtradeSettings(this.#draft, this.#scope, this.#notes)
  /** Conditions collected in a list, `conditions.append(…)`. */
  readonly #lists = new Map<string, Formula[]>()

  translate(lines: ScriptLine[]): Translation {
    const classes = lines.filter(({ tokens }) => tokens[0].text === "class")
    for (const line of lines) if (!classes.includes(line)) this.#outside(line)
    const strategy = classes.find(({ tokens }) => tokens.some(({ text }) => text.endsWith("IStrategy"))) ?? classes[0]
    for (const other of classes) if (other !== strategy) this.#whole(other, "only one class is read")
    if (strategy) this.#class(strategy)
    this.#settings.protect()
    if (!this.#settings.canShort) this.#noShorts()
    return this.#notes.answer(this.#draft, lines, "freqtrade")
  }

  /** Imports and notes before the class; a function outside it decides in Python. */
  #outside(line: ScriptLine) {
    const [first] = line.tokens
    if (first.text === "import" || first.text === "from") this.#import(line.tokens)
    else if (first.kind !== "text" && !/^(logger|log)$/.test(first.text))
      return this.#whole(line, "it is outside the strategy's class")
    this.#notes.doneWhole(line)
  }

  /** `import pandas_ta as pta` */
  #import(tokens: ScriptToken[]) {
    tokens.forEach(({ text }, n) => {
      if (text === "as" && tokens[n + 1]) this.#scope.aliases.set(tokens[n + 1].text, tokens[n - 1].text)
    })
  }

  /** One note covers the line and all below it. */
  #whole(line: ScriptLine, why: string) {
    this.#notes.missed(line, why)
    this.#notes.doneWhole(line)
  }

  /** Without `can_short = True` freqtrade ignores short signals. */
  #noShorts() {
    this.#draft.forget("short")
    for (const line of this.#shorts)
      this.#notes.left(line, "freqtrade ignores short signals, as `can_short` is not True")
  }

  #class(line: ScriptLine) {
    this.#notes.done(line)
    this.#draft.name = line.tokens[1].text.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    const methods: { line: ScriptLine; decorator?: ScriptLine }[] = []
    let decorator: ScriptLine | undefined
    for (const one of line.block.toSorted((a, b) => Number(isParams(b)) - Number(isParams(a)))) {
      const first = one.tokens[0].text
      if (first === "def") methods.push({ line: one, decorator })
      else if (first === "class") this.#whole(one, "a class inside the class configures freqtrade's own search")
      else if (first === "@") this.#notes.done(one)
      else if (one.tokens[0].kind === "text" || first === "pass") this.#notes.doneWhole(one)
      else this.#notes.attempt(one, () => this.#settings.attribute(one))
      decorator = first === "@" ? one : undefined
    }
    for (const method of methods) if (method.decorator) this.#decorated(method.line, method.decorator)
    const order = ["populate_indicators", "populate_"]
    const rank = ({ line: { tokens } }: { line: ScriptLine }) =>
      order.findIndex((name) => tokens[1].text.startsWith(name)) >>> 0
    for (const method of methods.toSorted((a, b) => rank(a) - rank(b))) if (!method.decorator) this.#method(method.line)
  }

  /** `@informative("1h")` above a method: the strategy sees its columns as `name_1h`. */
  #decorated(line: ScriptLine, decorator: ScriptLine) {
    if (decorator.tokens[1]?.text !== "informative") return this.#method(line)
    const isDone = this.#notes.attempt(decorator, () => {
      const call = parseExpression(decorator.tokens.slice(1), pythonGrammar)
      const timeframe = call.kind === "call" ? call.positional[0] : undefined
      const text = timeframe && frameFormula(timeframe, this.#scope)
      if (call.kind !== "call" || text?.kind !== "text" || !isTimeframe(text.text))
        throw new NotOurs("we do not have this timeframe")
      if (call.positional.length > 1 || call.named.size > 0) throw new NotOurs("a rule sees its own market only")
      const outer = new Map(this.#scope.columns)
      this.#scope.columns.clear()
      this.#method(line, false)
      const found = informativeColumns(this.#scope.columns, text.text)
      this.#scope.columns.clear()
      for (const [name, formula] of [...outer, ...found]) this.#scope.columns.set(name, this.#kept(name, formula))
    })
    if (!isDone) this.#notes.doneWhole(line)
  }

  #kept(name: string, formula: Formula) {
    if (isIndicator(formula)) this.#draft.prove(formula)
    return (isCondition(formula) || !isIndicator(formula)) && sizeOf(formula) < LONG_FORMULA
      ? formula
      : this.#draft.keep(name, formula)
  }

  #method(line: ScriptLine, names = true) {
    this.#naming = names
    const name = line.tokens[1].text
    const sides = {
      populate_entry_trend: "enter",
      populate_buy_trend: "enter",
      populate_exit_trend: "exit",
      populate_sell_trend: "exit",
    } as const
    const isRead = name.startsWith("populate_indicators") || Object.hasOwn(sides, name)
    this.#notes.done(line)
    if (!isRead) {
      this.#notes.doneWhole(line)
      if (name === "leverage") return leverageNote(line, this.#notes)
      if (["informative_pairs", "version", "plot_config"].includes(name))
        return this.#notes.left(line, "it configures freqtrade itself")
      const off = this.#settings.switchedOff(name)
      if (off) return this.#notes.left(line, `freqtrade does not use it, as \`${off}\` is not True`)
      return this.#notes.missed(line, `\`${name}\` decides by itself, which rules cannot say`)
    }
    this.#scope.frames.clear()
    this.#scope.frame = line.tokens.filter(({ kind }) => kind === "name")[3]?.text ?? "dataframe"
    this.#scope.locals.clear()
    this.#lists.clear()
    if (Object.hasOwn(sides, name) && sides[name as keyof typeof sides] === "exit" && !this.#settings.followsExits) {
      this.#notes.doneWhole(line)
      return this.#notes.left(line, "freqtrade ignores exit signals, as `use_exit_signal` is off")
    }
    this.#body(line.block, yes)
  }

  #naming = true

  #body(lines: ScriptLine[], condition: Formula) {
    let otherwise: Formula | undefined
    for (const line of lines) {
      const [first, second] = line.tokens
      if (first.kind === "text" || ["return", "pass", "import", "from"].includes(first.text))
        this.#notes.doneWhole(line)
      else if (first.text === "if" && this.#isGiven(line)) {
        this.#notes.done(line)
        this.#body(line.block, condition)
      } else if (first.text === "if" && /^self\.dp$/.test(line.tokens[2]?.text) && line.tokens[1].text === "not")
        this.#notes.doneWhole(line)
      else if (["if", "elif", "else"].includes(first.text)) otherwise = this.#branch(line, condition, otherwise)
      else if (first.text === "for" && this.#range(line)) this.#each(line, condition)
      else if (["for", "while", "with", "try"].includes(first.text))
        this.#skip([line], `rules have no \`${first.text}\` of this kind`)
      else if (/^(logger|print)(\.|$)/.test(first.text) && second?.text !== "=")
        this.#notes.left(line, "it only writes a note")
      else if (!this.#notes.attempt(line, () => this.#statement(line, condition))) this.#lose(line)
    }
  }

  /** What a line that was not understood would have set is unknown from there on. */
  #lose({ tokens, line }: ScriptLine) {
    const [first, , column] = tokens
    this.#scope.locals.delete(first.text)
    this.#lists.delete(first.text)
    this.#scope.frames.delete(first.text)
    const isColumn = first.text === this.#scope.frame && tokens[1]?.text === "["
    const names = isColumn
      ? tokens.slice(
          2,
          tokens.findIndex(({ text }) => text === "]"),
        )
      : []
    for (const { kind, text } of isColumn && column?.text === "[" ? tokens.slice(2, 40) : names)
      if (kind === "text") this.#scope.columns.set(text, lostColumn(line))
  }

  /** `for n in self.buy_length.range`: freqtrade tries each; a slider covers all of them, at its present value. */
  #range({ tokens }: ScriptLine): Formula | undefined {
    const found =
      tokens.length === 5 && tokens[2].text === "in" ? /^self\.(\w+)\.range$/.exec(tokens[3].text) : undefined
    return found ? this.#scope.own.get(found[1]) : undefined
  }

  #each(line: ScriptLine, condition: Formula) {
    this.#notes.done(line)
    this.#scope.locals.set(line.tokens[1].text, this.#range(line)!)
    this.#body(line.block, condition)
  }

  /** `if conditions:` only asks whether the list has an entry. */
  #isGiven({ tokens }: ScriptLine) {
    return tokens.length === 3 && (this.#lists.has(tokens[1].text) || tokens[1].text === "self.dp")
  }

  /** An `if`, `elif` or `else`; returns what must hold for the next one, undefined where it was not understood. */
  #branch(line: ScriptLine, condition: Formula, otherwise: Formula | undefined): Formula | undefined {
    let [inside, after]: Formula[] = [yes, yes]
    const isFirst = line.tokens[0].text === "if"
    const words = line.tokens.slice(1, topLevel(line.tokens, ":")[0])
    const isRead = this.#notes.attempt(line, () => {
      if (!isFirst && !otherwise) throw new NotOurs("it continues a condition that was not understood")
      const isElse = line.tokens[0].text === "else"
      const asked = isElse ? yes : this.#formula(words)
      if (isIndicator(asked)) this.#draft.prove(asked)
      if (!isElse && isNumber(asked)) this.#notes.left(line, settled(asked.value !== 0))
      const before = isFirst ? yes : otherwise!
      inside = binary("and", condition, binary("and", before, asked))
      after = binary("and", before, not(asked))
    })
    if (isRead) this.#body(line.block, inside)
    else this.#skip(line.block, "it depends on a condition that was not understood")
    return isRead ? after : undefined
  }

  #skip(lines: ScriptLine[], why: string) {
    for (const line of lines) {
      this.#notes.missed(line, why)
      this.#lose(line)
      this.#skip(line.block, why)
    }
  }

  #statement(line: ScriptLine, condition: Formula): void {
    const { tokens } = line
    const written = writtenOut(tokens)
    if (written) return this.#statement({ ...line, tokens: written }, condition)
    const [equals] = topLevel(tokens, "=")
    if (equals === undefined) return this.#append(tokens, condition)
    if (tokens[0].text === `${this.#scope.frame}.loc`) return this.#located(line, equals, condition)
    const target = parseExpression(tokens.slice(0, equals), pythonGrammar)
    const value = tokens.slice(equals + 1)
    if (target.kind === "index" && target.of.kind === "name") return this.#columnOf(line, target, value, condition)
    if (target.kind !== "name") throw new NotOurs("something other than a column or a name is set")
    const expression = parseExpression(value, pythonGrammar)
    if (expression.kind === "list")
      return void this.#lists.set(
        target.name,
        expression.items.map((item) => frameFormula(item, this.#scope)),
      )
    if (!isNumber(condition, 1)) return this.#changeLocal(target.name, expression, condition)
    if (mergedColumns(expression, this.#scope)) {
      for (const [name, formula] of mergedColumns(expression, this.#scope)!)
        this.#scope.columns.set(name, this.#kept(name, formula))
      return
    }
    const frame = frameOf(expression, this.#scope)
    if (frame) return void this.#scope.frames.set(target.name, frame)
    this.#scope.locals.set(target.name, frameValue(expression, this.#scope))
  }

  /** A name set under a condition keeps its earlier value otherwise. */
  #changeLocal(name: string, expression: ScriptExpression, condition: Formula) {
    const old = this.#scope.locals.get(name)
    if (!old || !("kind" in old)) throw new NotOurs("a name that is set only under a condition has no equal here")
    this.#scope.locals.set(name, changedWhere(condition, old, frameFormula(expression, this.#scope)))
  }

  /** `dataframe["rsi"] = …`, of the frame or of one of a higher timeframe. */
  #columnOf(
    line: ScriptLine,
    { of, index }: Extract<ScriptExpression, { kind: "index" }>,
    value: ScriptToken[],
    condition: Formula,
  ) {
    const frame = of.kind === "name" ? of.name : ""
    const name = frameFormula(index, this.#scope)
    const other = this.#scope.frames.get(frame)
    if (name.kind !== "text" || (frame !== this.#scope.frame && !other))
      throw new NotOurs("something other than a column is set")
    const inside = other ? { ...this.#scope, frame, columns: other.columns } : this.#scope
    const formula = frameFormula(parseExpression(value, pythonGrammar), inside)
    if (!isNumber(condition, 1)) throw new NotOurs("a column that is set only under a condition has no equal here")
    if (other) return void other.columns.set(name.text, formula)
    const signal = signals[name.text]
    if (signal)
      return isNumber(formula, 0) ? this.#notes.left(line, "it gives no signal") : this.#say(line, signal, formula)
    this.#scope.columns.set(name.text, this.#naming ? this.#kept(name.text, formula) : formula)
  }

  #say(line: ScriptLine, [what, side]: ["enter" | "exit", "long" | "short"], condition: Formula) {
    if (isNumber(condition, 0)) return this.#notes.left(line, NEVER_PLACED)
    if (side === "short") this.#shorts.push(line)
    if (what === "enter") this.#draft.enter(side, condition)
    else this.#draft.exit(side, condition)
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
  #located(line: ScriptLine, equals: number, condition: Formula) {
    const inside = line.tokens.slice(2, equals - 1)
    const isAll = inside[0]?.text === ":"
    const target = parseExpression(isAll ? inside.slice(1 + Number(inside[1]?.text === ",")) : inside, pythonGrammar)
    const [asked, column] = isAll ? [undefined, target] : target.kind === "list" ? target.items : []
    const columns = (column?.kind === "list" ? column.items : [column]).map((one) =>
      one?.kind === "text" ? one.text : "",
    )
    const set = parseExpression(line.tokens.slice(equals + 1), pythonGrammar)
    const values = set.kind === "list" ? set.items : [set]
    const whole = binary("and", condition, asked ? this.#all(asked) : yes)
    columns.forEach((name, n) => this.#set(line, { name, value: values[n] ?? values[0] }, whole))
  }

  #set(line: ScriptLine, { name, value }: { name: string; value: ScriptExpression }, condition: Formula) {
    if (name.endsWith("_tag")) return this.#notes.left(line, "a tag only names a signal")
    const formula = frameFormula(value, this.#scope)
    const signal = signals[name]
    if (signal && isNumber(formula, 1)) return this.#say(line, signal, condition)
    if (signal && isNumber(formula, 0) && isNumber(condition, 1)) return this.#notes.left(line, "it gives no signal")
    if (signal || name === "") throw new NotOurs("a signal that is withdrawn has no equal here")
    const old = this.#scope.columns.get(name)
    if (!old && !isNumber(condition, 1))
      throw new NotOurs("a column that is set only under a condition has no equal here")
    this.#scope.columns.set(name, this.#kept(name, old ? choice(condition, formula, old) : formula))
  }

  /** A condition, or `reduce(lambda x, y: x & y, conditions)` over a list of them. */
  #all(asked: ScriptExpression): Formula {
    const name = asked.kind === "call" && asked.callee.kind === "name" ? asked.callee.name : ""
    const list = name === "reduce" && asked.kind === "call" ? asked.positional.at(-1) : undefined
    const conditions = list?.kind === "name" ? this.#lists.get(list.name) : undefined
    if (!conditions) return frameFormula(asked, this.#scope)
    return conditions.reduce((all, one) => binary("and", all, one), yes)
  }

  #formula(tokens: ScriptToken[]): Formula {
    return frameFormula(parseExpression(tokens, pythonGrammar), this.#scope)
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
