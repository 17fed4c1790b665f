import { formulaText, type Formula } from "../formula/formula.ts"
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
import { withoutWords, type PineCall } from "./pine-arguments.ts"
import { armOf, blockValue, elseLines, tokensValue } from "./pine-block.ts"
import { declare } from "./pine-declaration.ts"
import { A_DRAWING, callsDrawing, isDrawing, isForTheEye, PineDrawings } from "./pine-drawing.ts"
import { functionOf } from "./pine-function.ts"
import { inputValue, isInput } from "./pine-input.ts"
import { PineOrders } from "./pine-orders.ts"
import { assignmentOf, changingNames, isTypeWord, statementsOf, type Assignment } from "./pine-statement.ts"
import { takeRisk } from "./pine-risk.ts"
import { sessionCondition } from "./pine-time.ts"
import type { PineScope } from "./pine-scope.ts"
import { bind, formulaOf } from "./pine-value.ts"
import { perhapsConstant, withRest } from "./pine-whole-numbers.ts"
import { parseExpression, pineGrammar } from "./script-expression.ts"
import {
  scriptLines,
  topLevel,
  withBlock,
  type ScriptDialect,
  type ScriptLine,
  type ScriptToken,
} from "./script-token.ts"
import { settled, TranslationNotes, type Translation } from "./translation.ts"

/**
 * A Pine line continues where its indentation is not a multiple of four, or after an operator that needs an operand.
 */
const pine: ScriptDialect = {
  comment: "//",
  hasLongTexts: false,
  continues: (indent, before, first) => indent % 4 !== 0 || expectsMore(before.tokens.at(-1)!) || goesOn(first),
}

/** No statement begins with an operator, but `=>` begins the last case of a switch. */
function goesOn({ kind, text }: ScriptToken) {
  return kind === "operator" ? !["[", "(", "=>"].includes(text) : text === "and" || text === "or"
}

function expectsMore({ kind, text }: ScriptToken) {
  return kind === "operator" ? ![")", "]", "}", "=>"].includes(text) : ["and", "or", "not"].includes(text)
}

/** A TradingView strategy (Pine v4 to v6) as a document, as far as our rules reach. */
export function translatePine(text: string): Translation {
  const version = Number(/^\s*\/\/\s*@version\s*=\s*(\d{1,2})/m.exec(text)?.[1] ?? 4)
  return new PineTranslator(scriptLines(text, pine), version).translate()
}

/** What must hold for an `else`; undefined where the `if` before it was not understood. */
type Otherwise = { condition: Formula } | "not understood" | undefined

class PineTranslator {
  readonly #notes = new TranslationNotes()
  readonly #draft = new DraftStrategy()
  /** The name the present line assigns: a setting inside its value takes this name. */
  #naming = "setting"
  /** The line being read: a setting inside it is noted there. */
  #reading: ScriptLine | undefined
  readonly #scope: PineScope
  /** Names that were not understood, and why. */
  readonly #lost = new Map<string, string>()
  readonly #drawn = new PineDrawings()
  readonly #orders: PineOrders

  constructor(
    readonly script: ScriptLine[],
    version: number,
  ) {
    this.#scope = {
      values: new Map(),
      functions: new Map(),
      sessions: new Map(),
      lost: this.#lost,
      depth: 0,
      blockValue,
      version,
      changing: changingNames(script.flatMap((line) => [...withBlock(line)])),
      fixed: (formula) => this.#fixed(formula),
      leastOf: (name) => leastOf(this.#draft.params.get(name)),
      setting: (input) => this.#setting(input),
    }
    this.#orders = new PineOrders(this.#draft, this.#scope, this.#notes)
  }

  translate(): Translation {
    this.#run(this.script, yes)
    this.#orders.finish()
    this.#drawn.blame(this.script, this.#notes)
    return this.#notes.answer(this.#draft, this.script, "pine")
  }

  /** A setting as a param, or its default where no slider can move it: the line says which. */
  #setting(input: PineCall): Formula {
    const value = inputValue(input, this.#naming, this.#draft, this.#scope)
    const line = this.#reading
    if (line && value.kind === "name" && this.#draft.params.has(value.name)) {
      this.#draft.settingLines.set(value.name, line)
      if (input.named.has("options"))
        this.#notes.left(line, "its list of values is left out: the slider also moves between them")
    } else if (line) this.#notes.kept(line, value)
    return value
  }

  /** The present number of a setting, for parts that cannot follow a slider. */
  #fixed(formula: Formula): number {
    if (isNumber(formula)) return formula.value
    const setting = formula.kind === "name" ? this.#draft.params.get(formula.name) : undefined
    if (formula.kind !== "name" || typeof setting?.value !== "number")
      throw new NotOurs("a computed date has no equal here")
    const line = this.#draft.settingLines.get(formula.name)
    if (line) this.#notes.kept(line, { kind: "number", value: setting.value, at: 0 })
    return setting.value
  }

  /** Reads lines that count while `condition` holds; names of a block end with it. */
  #run(lines: ScriptLine[], condition: Formula) {
    const before = new Map(this.#scope.values)
    let otherwise: Otherwise
    for (let n = 0; n < lines.length; n++) {
      const line = lines[n]
      this.#reading = line
      const first = line.tokens[0].text
      if (first === "if" || first === "else") otherwise = this.#branch(line, condition, otherwise)
      else if (first === "switch") this.#switch(line, condition)
      else {
        const others = this.#elsesOf(lines, n)
        n += others.length
        if (this.#notes.attempt(line, () => this.#row(line, others, condition)))
          for (const one of others) this.#notes.doneWhole(one)
      }
    }
    if (lines !== this.script) this.#endBlock(lines, before)
  }

  #elsesOf(lines: ScriptLine[], n: number): ScriptLine[] {
    try {
      return elseLines(lines, n)
    } catch {
      return []
    }
  }

  /** Names from a block (`=`) regain their earlier meaning. */
  #endBlock(lines: ScriptLine[], before: ReadonlyMap<string, Formula>) {
    for (const { tokens } of lines) {
      const [place] = topLevel(tokens, "=")
      const name = place > 0 ? tokens[place - 1].text : ""
      const old = before.get(name)
      if (old) this.#scope.values.set(name, old)
      else this.#scope.values.delete(name)
    }
  }

  /** An `if`, `else if` or `else` and its block; returns what must hold for the next `else`. */
  #branch(line: ScriptLine, condition: Formula, otherwise: Otherwise): Otherwise {
    const isElse = line.tokens[0].text === "else"
    const words = line.tokens.filter(({ text }, n) => !(n < 2 && (text === "if" || text === "else")))
    let [inside, after]: Formula[] = [yes, yes]
    const isLost = isElse && (otherwise === "not understood" || otherwise === undefined)
    if (line.block.every((one) => isDrawing(one))) {
      this.#notes.left(line, "it draws or warns; it trades nothing")
      for (const one of line.block) this.#notes.left(one, "it draws or warns; it trades nothing")
    }
    const isQuiet = line.block.length > 0 && line.block.every((one) => isDrawing(one))
    const step = () => {
      if (isLost) throw new NotOurs("it continues a condition that was not understood")
      const asked = words.length === 0 ? yes : this.#formula(words)
      if (isIndicator(asked)) this.#draft.prove(asked)
      if (words.length > 0 && isNumber(asked)) this.#notes.left(line, settled(asked.value !== 0))
      const before = isElse && typeof otherwise === "object" ? otherwise.condition : yes
      inside = binary("and", condition, binary("and", before, asked))
      after = binary("and", before, not(asked))
    }
    if (isQuiet) {
      try {
        step()
      } catch {
        return "not understood"
      }
    } else if (!this.#notes.attempt(line, step)) {
      this.#skip(line.block, "it depends on a condition that was not understood")
      return "not understood"
    }
    if (!isQuiet) this.#run(line.block, inside)
    return { condition: after }
  }

  /** A `switch` with effects: its cases are branches. */
  #switch(line: ScriptLine, condition: Formula) {
    let before: Formula = yes
    let isRead = this.#notes.attempt(line, () => {})
    for (const arm of line.block) {
      isRead =
        isRead &&
        this.#notes.attempt(arm, () => {
          const { condition: asked, body } = armOf(arm, line.tokens.slice(1), this.#scope)
          this.#run(body, binary("and", condition, binary("and", before, asked)))
          before = binary("and", before, not(asked))
        })
      if (!isRead) this.#skip([arm], "it depends on a condition that was not understood")
    }
  }

  /** Lines below something that was not understood: missing orders matter, missing drawings do not. */
  #skip(lines: ScriptLine[], why: string) {
    for (const line of lines) {
      if (isDrawing(line)) this.#notes.left(line, "it draws")
      else this.#notes.missed(line, why)
      for (const name of changingNames([line])) this.#lose(name, line)
      this.#skip(line.block, why)
    }
  }

  /** All statements of a line. */
  #row(line: ScriptLine, others: ScriptLine[], condition: Formula) {
    for (const one of statementsOf(line)) this.#statement(line, one.tokens, others, condition)
  }

  #statement(line: ScriptLine, tokens: ScriptToken[], others: ScriptLine[], condition: Formula) {
    const first = tokens[0].text
    if (callsDrawing(tokens)) return this.#notes.left(line, "it draws or warns; it trades nothing")
    if (["import", "export", "type", "method", "enum", "library"].includes(first))
      throw new NotOurs("our rules have no such thing")
    if (["for", "while"].includes(first)) {
      this.#skip(line.block, `it stands in a \`${first}\``)
      throw new NotOurs(`our rules have no \`${first}\``)
    }
    const drawn = this.#drawn.has(first.split(".")[0])
    if (assignmentOf(tokens) === undefined && (drawn || /^(array|matrix|map)\./.test(first)))
      return this.#collect(line, tokens, drawn)
    const [arrow] = topLevel(tokens, "=>")
    if (arrow !== undefined) return this.#define(line, tokens, arrow)
    const assigned = assignmentOf(tokens)
    if (assigned) return this.#assign([line, ...others], assigned, condition)
    this.#call(line, tokens, condition)
  }

  #call(line: ScriptLine, tokens: ScriptToken[], condition: Formula) {
    const expression = this.#knowing(withoutWords(tokens), () => parseExpression(tokens, pineGrammar))
    if (expression.kind !== "call" || expression.callee.kind !== "name") throw new NotOurs("it does nothing we know")
    const { name } = expression.callee
    if (name === "strategy") return declare(line, expression, this.#draft, this.#notes)
    if (/^strategy\.cancel(_all)?$/.test(name))
      throw new NotOurs("here no order of its own waits that a rule could take back")
    const parts = { draft: this.#draft, scope: this.#scope, notes: this.#notes, orders: this.#orders }
    if (name.startsWith("strategy.risk.")) return takeRisk(line, expression, condition, parts)
    if (/^(label|line|box|table|linefill)\./.test(name)) return this.#notes.left(line, "it draws; it trades nothing")
    if (!this.#orders.take(line, expression, condition)) throw new NotOurs(`\`${name}\` has no equal here`)
  }

  /** `array.push(lines, line.new(…))`: of drawings it draws; of numbers, rules have nothing like it. */
  #collect(line: ScriptLine, tokens: ScriptToken[], isDrawn: boolean) {
    const call = parseExpression(tokens, pineGrammar)
    const of = call.kind === "call" ? call.positional[0] : undefined
    if (isDrawn || (of?.kind === "name" && this.#drawn.has(of.name)))
      return this.#notes.left(line, "it draws; it trades nothing")
    throw new NotOurs("rules have no arrays, matrices or maps")
  }

  /** `f(x, n = 3) => …`; its lines are read where it is called. */
  #define(line: ScriptLine, tokens: ScriptToken[], arrow: number) {
    this.#scope.functions.set(tokens[0].text, functionOf(line, tokens, arrow))
    this.#notes.doneWhole(line)
  }

  #assign(lines: ScriptLine[], assigned: Assignment, condition: Formula) {
    const { names, value } = assigned
    const [line] = lines
    this.#naming = names[0]
    try {
      this.#assigned(lines, assigned, condition)
      for (const name of names) this.#lost.delete(name)
      for (const one of lines) this.#notes.doneWhole(one)
    } catch (error) {
      for (const name of names) this.#lose(name, line)
      if (!isForTheEye(value)) throw error
      for (const one of lines) this.#notes.doneWhole(one)
      for (const name of names) this.#drawn.add(name, line, (error as Error).message)
      this.#notes.left(line, A_DRAWING)
    }
  }

  #assigned(lines: ScriptLine[], { names, operator, value, isKept, isFloat }: Assignment, condition: Formula) {
    if (isKept && this.#scope.changing.has(names[0]))
      throw new NotOurs("a value remembered from candle to candle (`var`) has no equal in rules; code can say it")
    const session = names.length === 1 ? this.#session(value) : undefined
    if (session) return void this.#scope.sessions.set(names[0], session)
    const read = this.#value(value, lines)
    const found = Array.isArray(read) ? read : isFloat ? withRest(read) : isKept ? perhapsConstant(read) : read
    if (isKept && !isFixed(found, this.#draft))
      throw new NotOurs("a value of the first candle (`var`) has no equal in rules")
    if (operator === "=") return this.#name(names, found)
    this.#change(names[0], operator, found, condition)
  }

  /** `x = time(timeframe.period, "0900-1700")`, which is asked with `na(x)`. */
  #session(value: ScriptToken[]): Formula | undefined {
    if (value[0]?.text !== "time" || value[1]?.text !== "(") return undefined
    const call = parseExpression(value, pineGrammar)
    return call.kind === "call" ? sessionCondition(call as PineCall, this.#scope, formulaOf) : undefined
  }

  /** `x := y`, `x += y`: under a condition the old value stays otherwise. */
  #change(name: string, operator: string, found: Formula | Formula[], condition: Formula) {
    const old = this.#scope.values.get(name)
    if (!old || Array.isArray(found) || /position\./.test(formulaText(condition)))
      throw new NotOurs(`\`${name}\` changes from candle to candle, which rules cannot say`)
    const changed = operator === ":=" ? found : binary(operator[0] as "+", old, found)
    this.#scope.values.set(name, choice(condition, changed, old))
  }

  #name(names: string[], found: Formula | Formula[]) {
    const values = Array.isArray(found) ? found : [found]
    if (values.length !== names.length)
      throw new NotOurs(
        `there are ${values.length} values for ${names.length} ${names.length === 1 ? "name" : "names"}`,
      )
    for (const value of values) if (isIndicator(value)) this.#draft.prove(value)
    bind(
      this.#scope,
      names,
      values.map((value, n) => (this.#reads(value) ? value : this.#draft.keep(names[n], value))),
    )
  }

  /** Conditions and plain sums are inlined where they are used; only indicators and long formulas get a name. */
  #reads(value: Formula) {
    return (isCondition(value) || !isIndicator(value)) && sizeOf(value) < LONG_FORMULA
  }

  #lose(name: string, line: ScriptLine) {
    this.#scope.values.delete(name)
    this.#lost.set(name, `\`${name}\` was not understood (line ${line.line})`)
  }

  #formula(tokens: ScriptToken[]): Formula {
    return this.#knowing(tokens, () => formulaOf(parseExpression(tokens, pineGrammar), this.#scope))
  }

  #value(tokens: ScriptToken[], lines: ScriptLine[]): Formula | Formula[] {
    return this.#knowing(tokens, () => {
      if (lines[0].block.length > 0 || ["if", "switch"].includes(tokens[0]?.text))
        return tokensValue(tokens, lines, this.#scope)
      const expression = parseExpression(tokens, pineGrammar)
      return isInput(expression) ? this.#scope.setting(expression) : tokensValue(tokens, lines, this.#scope)
    })
  }

  /** A name that was lost before is the reason for losing this one too. */
  #knowing<Value>(tokens: ScriptToken[], step: () => Value): Value {
    const lost = tokens.find(
      ({ kind, text }) => kind === "name" && !isTypeWord({ kind, text, line: 0 }) && this.#lost.has(text),
    )
    if (lost) throw new NotOurs(this.#lost.get(lost.text)!)
    return step()
  }
}

function leastOf(setting: ReturnType<DraftStrategy["params"]["get"]>) {
  if (!setting || setting.type === "bool" || typeof setting.min !== "number") return undefined
  return { min: setting.min, isWhole: setting.type === "int" }
}

/** Numbers, texts and settings, which stay unchanged. */
function isFixed(found: Formula | Formula[], { params }: DraftStrategy) {
  return [found]
    .flat()
    .every((one) => ["number", "text"].includes(one.kind) || (one.kind === "name" && params.has(one.name)))
}
