import { formulaText, type Formula } from "../formula/formula.ts"
import { DraftStrategy } from "./draft-strategy.ts"
import { binary, choice, isCondition, isIndicator, not, NotOurs, yes } from "./formula-making.ts"
import { inputValue, isInput } from "./pine-input.ts"
import { PineOrders } from "./pine-orders.ts"
import { bind, formulaOf, valueOf, type PineFunction, type PineScope } from "./pine-value.ts"
import { NotAnExpression, parseExpression, pineGrammar, type ScriptExpression } from "./script-expression.ts"
import { scriptLines, type ScriptDialect, type ScriptLine, type ScriptToken } from "./script-token.ts"
import { TranslationNotes, type Translation } from "./translation.ts"

/** A Pine line goes on where its indentation is no multiple of four, or behind an operator that needs something. */
const pine: ScriptDialect = {
  comment: "//",
  continues: (indent, before, first) => indent % 4 !== 0 || expectsMore(before.tokens.at(-1)!) || goesOn(first),
}

/** No statement begins with an operator. */
function goesOn({ kind, text }: ScriptToken) {
  return kind === "operator" ? !"[(".includes(text) : text === "and" || text === "or"
}

function expectsMore({ kind, text }: ScriptToken) {
  return kind === "operator" ? !")]}".includes(text) && text !== "=>" : ["and", "or", "not"].includes(text)
}

/** Calls that draw, warn or colour: they trade nothing. */
const drawing =
  /^(plot|plotshape|plotchar|plotarrow|plotcandle|plotbar|hline|fill|bgcolor|barcolor|alert|alertcondition|label|line|box|table|linefill|polyline|log|runtime|indicator|color|array|matrix|map)(\.|$)/

/** A TradingView strategy (Pine v4 to v6) as a document, as far as our rules reach. Throws `UnreadableScript`. */
export function translatePine(text: string): Translation {
  return new PineTranslator().translate(scriptLines(text, pine))
}

class PineTranslator {
  readonly #notes = new TranslationNotes()
  readonly #draft = new DraftStrategy()
  /** What the line at hand gives a name to: a setting inside its value is called after it. */
  #naming = "setting"
  readonly #scope: PineScope = {
    values: new Map(),
    functions: new Map(),
    depth: 0,
    setting: (input) => inputValue(input, this.#naming, this.#draft, this.#scope),
  }
  /** Names whose value a script remembers from candle to candle (`var`), or that were not understood. */
  readonly #lost = new Map<string, string>()
  #line!: ScriptLine
  readonly #orders = new PineOrders(this.#draft, this.#scope, (why) => this.#notes.left(this.#line, why))

  translate(lines: ScriptLine[]): Translation {
    this.#run(lines, yes)
    this.#draft.turnRound()
    return this.#notes.answer(this.#draft)
  }

  /** Goes through lines that count while `condition` holds. */
  #run(lines: ScriptLine[], condition: Formula) {
    let otherwise: Formula | undefined
    for (const line of lines) {
      this.#line = line
      const first = line.tokens[0].text
      if (first === "if" || first === "else") otherwise = this.#branch(line, condition, otherwise)
      else this.#notes.attempt(line, () => this.#statement(line, condition))
    }
  }

  /** An `if`, `else if` or `else` and its block; gives what must hold for the next `else`. */
  #branch(line: ScriptLine, condition: Formula, otherwise: Formula | undefined): Formula | undefined {
    const words = line.tokens.filter(({ text }, n) => !(n < 2 && (text === "if" || text === "else")))
    let asked: Formula | undefined
    const isRead = this.#notes.attempt(line, () => {
      asked = words.length === 0 ? yes : this.#formula(words)
    })
    if (!isRead || !asked) {
      this.#skip(line.block, "it stands under a condition that was not understood")
      return undefined
    }
    const isElse = line.tokens[0].text === "else"
    const before = isElse ? (otherwise ?? yes) : yes
    this.#run(line.block, binary("and", condition, binary("and", before, asked)))
    return binary("and", before, not(asked))
  }

  /** Lines below something that was not understood: orders among them are missing, drawings are no loss. */
  #skip(lines: ScriptLine[], why: string) {
    for (const line of lines) {
      if (drawing.test(line.tokens[0].text)) this.#notes.left(line, "it draws")
      else this.#notes.missed(line, why)
      this.#skip(line.block, why)
    }
  }

  #statement(line: ScriptLine, condition: Formula) {
    const { tokens } = line
    if (drawing.test(tokens[0].text) && isCall(tokens))
      return this.#notes.left(line, "it draws or warns; it trades nothing")
    if (["import", "export", "type", "method", "enum", "library"].includes(tokens[0].text))
      throw new NotOurs("our rules have no such thing")
    if (["for", "while", "switch"].includes(tokens[0].text)) {
      this.#skip(line.block, `it stands in a \`${tokens[0].text}\``)
      throw new NotOurs(`our rules have no \`${tokens[0].text}\``)
    }
    const arrow = topLevel(tokens, "=>")
    if (arrow !== -1) return this.#define(line, arrow)
    const assigned = assignmentOf(tokens)
    if (assigned) return this.#assign(line, assigned, condition)
    this.#call(line, condition)
  }

  #call(line: ScriptLine, condition: Formula) {
    const expression = parseExpression(line.tokens, pineGrammar)
    if (expression.kind !== "call" || expression.callee.kind !== "name") throw new NotOurs("it does nothing we know")
    const { name } = expression.callee
    if (name === "strategy") return this.#declaration(line, expression)
    if (/^strategy\.(cancel|cancel_all|risk)/.test(name))
      throw new NotOurs("it has no equal here; see the limits of a strategy")
    if (!this.#orders.take(expression, condition)) throw new NotOurs(`\`${name}\` has no equal here`)
  }

  /** `strategy("Name", default_qty_type = …)` */
  #declaration(line: ScriptLine, { positional, named }: Extract<ScriptExpression, { kind: "call" }>) {
    const title = named.get("title") ?? positional[0]
    if (title?.kind === "text" && title.text.trim()) this.#draft.name = title.text.trim()
    const kind = named.get("default_qty_type")
    const amount = named.get("default_qty_value")
    const value = amount?.kind === "number" ? amount.value : undefined
    const kindName = kind?.kind === "name" ? kind.name : "strategy.fixed"
    if (kindName === "strategy.percent_of_equity")
      this.#draft.size = { kind: "equity", percent: Math.min(100, value ?? 100) }
    else if (kindName === "strategy.cash" && value) this.#draft.size = { kind: "quote", amount: value }
    else this.#notes.left(line, "a fixed number of coins fits one market only; here each entry takes the whole balance")
    const pyramiding = named.get("pyramiding")
    if (pyramiding?.kind === "number" && pyramiding.value > 1)
      this.#notes.missed(line, "several entries in one direction (pyramiding) have no equal here")
    for (const name of ["commission_value", "initial_capital", "slippage"])
      if (named.has(name)) this.#notes.left(line, "money, fees and slippage are settings of a test, not of a strategy")
  }

  #define(line: ScriptLine, arrow: number) {
    const [name, ...rest] = line.tokens.slice(0, arrow)
    const parameters = rest.filter(({ kind, text }) => kind === "name" && !typeWords.has(text)).map(({ text }) => text)
    const body = line.tokens.slice(arrow + 1)
    const lines = body.length > 0 ? [] : line.block.slice(0, -1)
    const last = body.length > 0 ? body : line.block.at(-1)?.tokens
    if (!last || lines.some((one) => one.block.length > 0))
      throw new NotOurs("a function with branches of its own has no equal here")
    const locals = lines.map((one) => {
      const assigned = assignmentOf(one.tokens)
      if (!assigned || assigned.operator !== "=")
        throw new NotOurs("a function that changes its values has no equal here")
      return { names: assigned.names, value: parseExpression(assigned.value, pineGrammar) }
    })
    const own: PineFunction = { parameters, locals, result: parseExpression(last, pineGrammar) }
    this.#scope.functions.set(name.text, own)
  }

  #assign(line: ScriptLine, { names, operator, value, isKept }: Assignment, condition: Formula) {
    try {
      if (line.block.length > 0)
        throw new NotOurs("a value that is chosen by a block has no equal here; write `a ? b : c`")
      if (isKept)
        throw new NotOurs("a value remembered from candle to candle (`var`) has no equal in rules; code can say it")
      const expression = parseExpression(value, pineGrammar)
      this.#naming = names[0]
      if (isInput(expression)) return void this.#scope.values.set(names[0], this.#scope.setting(expression))
      const found = this.#value(expression)
      if (operator === "=") return this.#name(names, found)
      this.#change(names[0], operator, found, condition)
    } catch (error) {
      for (const name of names) this.#lose(name, line)
      throw error
    }
  }

  /** `x := y`, `x += y`: under a condition the old value stays otherwise. */
  #change(name: string, operator: string, found: Formula | Formula[], condition: Formula) {
    const old = this.#scope.values.get(name)
    if (!old || Array.isArray(found))
      throw new NotOurs(`\`${name}\` changes from candle to candle, which rules cannot say`)
    const changed = operator === ":=" ? found : binary(operator[0] as "+", old, found)
    this.#scope.values.set(name, choice(condition, changed, old))
  }

  #name(names: string[], found: Formula | Formula[]) {
    const values = Array.isArray(found) ? found : [found]
    bind(
      this.#scope,
      names,
      values.map((value, n) => (this.#reads(value) ? value : this.#draft.keep(names[n], value))),
    )
  }

  /** Conditions and plain sums are read where they are used; only indicators get a name. */
  #reads(value: Formula) {
    return isCondition(value) || !isIndicator(value) || formulaText(value).includes("position.")
  }

  #lose(name: string, line: ScriptLine) {
    this.#scope.values.delete(name)
    this.#lost.set(name, `\`${name}\` was not understood (line ${line.line})`)
  }

  #formula(tokens: ScriptToken[]): Formula {
    return this.#knowing(tokens, () => formulaOf(parseExpression(tokens, pineGrammar), this.#scope))
  }

  #value(expression: ScriptExpression): Formula | Formula[] {
    return this.#knowing(this.#line.tokens, () => valueOf(expression, this.#scope))
  }

  /** A name that was lost before is the reason why this is lost too. */
  #knowing<Value>(tokens: ScriptToken[], step: () => Value): Value {
    const lost = tokens.find(
      ({ kind, text }) => kind === "name" && this.#lost.has(text) && !this.#scope.values.has(text),
    )
    if (lost && !assignsTo(tokens, lost.text)) throw new NotOurs(this.#lost.get(lost.text)!)
    return step()
  }
}

const typeWords = new Set(["int", "float", "bool", "string", "color", "series", "simple", "const", "input"])

type Assignment = { names: string[]; operator: string; value: ScriptToken[]; isKept: boolean }

/** `float x = …`, `[a, b] = …`, `var x = …`, `x := …`; undefined where the line assigns nothing. */
function assignmentOf(tokens: ScriptToken[]): Assignment | undefined {
  const operators = ["=", ":=", "+=", "-=", "*=", "/="]
  const place = tokens.findIndex((_, n) => operators.includes(tokens[n].text) && depthAt(tokens, n) === 0)
  if (place === -1) return undefined
  const left = tokens.slice(0, place).filter(({ kind, text }) => kind === "name" && !typeWords.has(text))
  const isKept = ["var", "varip"].includes(left[0]?.text)
  const names = (isKept ? left.slice(1) : left).map(({ text }) => text)
  if (names.length === 0) throw new NotAnExpression("a name is missing before the =")
  return { names, operator: tokens[place].text, value: tokens.slice(place + 1), isKept }
}

function assignsTo(tokens: ScriptToken[], name: string) {
  return tokens[0].text === name && [":=", "="].includes(tokens[1]?.text)
}

function depthAt(tokens: ScriptToken[], place: number): number {
  const worth = ({ kind, text }: ScriptToken) =>
    kind !== "operator" ? 0 : "([{".includes(text) ? 1 : ")]}".includes(text) ? -1 : 0
  return tokens.slice(0, place).reduce((sum, token) => sum + worth(token), 0)
}

function topLevel(tokens: ScriptToken[], operator: string): number {
  return tokens.findIndex(
    (token, n) => token.kind === "operator" && token.text === operator && depthAt(tokens, n) === 0,
  )
}

function isCall(tokens: ScriptToken[]) {
  return tokens[1]?.text === "(" && !assignmentOf(tokens)
}
