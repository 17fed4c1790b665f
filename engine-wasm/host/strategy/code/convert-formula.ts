import { functionCatalogue } from "../formula/function-catalogue.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"
import { Op } from "../../../assembly/operators/opcode.ts"
import { amountOf, commonParts, tickPartsOf, type KnownParts } from "../formula/tick-parts.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { formulaText, type Formula } from "../formula/formula.ts"
import { isPriceFormula } from "../formula/price-formula.ts"
import { shownFormulas } from "../compile/shown-formulas.ts"
import { reserved } from "./reserved-word.ts"
import type { StrategyDocument } from "../document/strategy-document.ts"
import type { CandleTimeframe } from "../../candles/timeframe.ts"

type Call = Extract<Formula, { kind: "call" }>

/** Where a formula is computed: on the strategy's candles, or on those of a longer timeframe. */
type Place = { timeframe?: CandleTimeframe; lines: string[]; series: Map<string, string>; known: Map<string, string> }

/**
 * Turns formulas into lines of a strategy class: whatever remembers candles becomes a field, fed once for every
 * candle.
 */
export class CodeWriter {
  readonly #strategy: StrategyDocument
  readonly #series: Map<string, Formula>
  readonly #tickParts: KnownParts
  readonly #amountParts: KnownParts
  readonly #fields: string[] = []
  readonly #imports = new Set(["Candle", "Strategy"])
  readonly #own: Place = newPlace()
  readonly #higher = new Map<CandleTimeframe, Place>()
  readonly #counts = new Map<string, number>()
  #place: Place = this.#own
  /** The side whose exit is being written: its position's fields are known only while that side is held. */
  side: "long" | "short" | undefined

  constructor(strategy: StrategyDocument) {
    this.#strategy = strategy
    this.#series = new Map(Object.entries(strategy.series).map(([name, text]) => [name, read(text)]))
    const series = [...this.#series].map(([name, formula]) => ({ name, formula }))
    this.#tickParts = tickPartsOf(series)
    this.#amountParts = tickPartsOf(series, new Set(Object.keys(strategy.params)))
  }

  line(text: string): void {
    this.#place.lines.push(text)
  }

  /** A field of the class beside those of the formulas. */
  field(text: string): void {
    this.#fields.push(text)
  }

  /** Every series, in the document's order, as a constant of its name. */
  writeSeries(): void {
    for (const name of this.#series.keys()) this.#seriesNamed(name)
  }

  /** Every line a chart of the rules has, as a call that shows it. */
  writeShown(): void {
    for (const text of shownFormulas(this.#strategy))
      for (const formula of this.#outputsOf(read(text))) this.#show(formula)
  }

  #outputsOf(formula: Formula): Formula[] {
    const outputs = outputNames(formula, this.#series)
    return outputs.length === 0 ? [formula] : outputs.map((output) => ({ kind: "output", of: formula, output, at: 0 }))
  }

  #show(formula: Formula): void {
    const call = isPriceFormula(formula, this.#series) ? "showPrice" : "show"
    this.line(`this.${call}(${JSON.stringify(formulaText(formula))}, ${this.value(formula)})`)
  }

  /** A formula as a condition: true where it is met. */
  condition(formula: Formula): string {
    if (formula.kind === "binary" && (formula.operator === "and" || formula.operator === "or")) {
      return `(${this.condition(formula.left)} ${formula.operator === "and" ? "&&" : "||"} ${this.condition(formula.right)})`
    }
    if (formula.kind === "binary" && /^(<|<=|>|>=|==)$/.test(formula.operator))
      return `${this.value(formula.left)} ${formula.operator} ${this.value(formula.right)}`
    return this.#helped("isTrue", [this.value(formula)])
  }

  /** A formula as an expression of type f64; NaN while not known. */
  value(formula: Formula): string {
    switch (formula.kind) {
      case "number":
        return literal(formula.value)
      case "text":
        return JSON.stringify(formula.text)
      case "name":
        return this.#name(formula.name)
      case "output":
        return this.#output(formula.of, formula.output)
      case "call":
        return this.#call(formula)
      case "history":
        return this.#history(formula)
      case "timeframe":
        return this.#onHigher(formula.timeframe, formula.of)
      case "unary":
        return formula.operator === "-" ? `-(${this.value(formula.of)})` : this.#helped("not", [this.value(formula.of)])
      case "binary":
        return this.#binary(formula)
      case "choice":
        return this.#helped(
          "pick",
          [formula.condition, formula.yes, formula.no].map((part) => this.value(part)),
        )
    }
  }

  #binary(formula: Extract<Formula, { kind: "binary" }>): string {
    const { operator, left, right } = formula
    const amount = amountOf(formula, this.#amountParts)
    if (amount) {
      const amounts = [amount.a, amount.b].map((part) => this.value(part))
      return this.#helped(amountHelpers[amount.operator], [...amounts, literal(amount.parts)])
    }
    const sides = [this.value(left), this.value(right)]
    const helper = helperOf[operator]
    return helper ? this.#helped(helper, sides) : `(${sides.join(` ${operator} `)})`
  }

  #helped(helper: string, parts: string[]): string {
    this.#imports.add(helper)
    return `${helper}(${parts.join(", ")})`
  }

  #name(name: string): string {
    if (name === "true" || name === "false") return name === "true" ? "1.0" : "0.0"
    const price = priceCalls[name]
    if (price) return this.#call({ kind: "call", name: price, arguments: [], at: 0 })
    if (name === "hour" || name === "weekday") return this.#helped(name, ["candle.openTimeMs"])
    if (name === "time") return "candle.openTimeMs"
    if (/^(open|high|low|close|volume)$/.test(name)) return `candle.${name}`
    if (Object.hasOwn(this.#strategy.params, name)) return this.#param(name)
    return this.#series.has(name) ? this.#seriesNamed(name) : `candle.extra(${JSON.stringify(name)})`
  }

  #param(name: string): string {
    const field = `param${upper(name)}`
    const text = `${field}: f64 = this.param(${JSON.stringify(name)})`
    if (!this.#fields.includes(text)) this.#fields.unshift(text)
    return `this.${field}`
  }

  #seriesNamed(name: string): string {
    const known = this.#place.series.get(name)
    if (known) return known
    const formula = this.#series.get(name)!
    const value = this.value(formula)
    const constant = this.#place.timeframe ? value : this.#constant(name, value, formula)
    this.#place.series.set(name, constant)
    return constant
  }

  #constant(name: string, value: string, formula: Formula): string {
    if (outputNames(formula, this.#series).length > 0) return value
    const constant = reserved.has(name) ? `${name}_` : name
    this.line(`const ${constant} = ${value}`)
    return constant
  }

  #output(of: Formula, output: string): string {
    if (of.kind === "name" && of.name === "position") return this.#position(output)
    if (of.kind === "timeframe") return this.#onHigher(of.timeframe, { kind: "output", of: of.of, output, at: 0 })
    if (of.kind === "name") {
      const series = this.#series.get(of.name)!
      return this.#output(series, output)
    }
    return `${this.#fieldOf(of as Call)}.${output}`
  }

  #position(field: string): string {
    if (!this.#strategy.long || !this.#strategy.short) return `this.position.${field}`
    return `(this.position.is${this.side === "short" ? "Short" : "Long"} ? this.position.${field} : NaN)`
  }

  #call(call: Call): string {
    const spec = functionCatalogue.get(call.name)!
    const plain = mathsOf(spec.op)
    if (plain) return this.#maths(plain, spec, call)
    if (spec.op === Op.hour || spec.op === Op.weekday) return this.#name(spec.name)
    return `${this.#fieldOf(call)}.${spec.outputs[0] ?? "value"}`
  }

  #maths(plain: string, spec: FunctionSpec, call: Call): string {
    if (!plain.includes(".") && !builtIn.has(plain)) this.#imports.add(plain)
    const parts = spec.arguments.map((argument, n) =>
      call.arguments[n]
        ? this.value(call.arguments[n])
        : literal(Number((argument as { default?: string }).default ?? 0)),
    )
    return `${plain}(${parts.join(", ")})`
  }

  /** The field that holds a call's indicator; the line that feeds it comes where it is first used. */
  #fieldOf(call: Call): string {
    const spec = functionCatalogue.get(call.name)!
    const given = spec.arguments.map(
      (argument, n) =>
        call.arguments[n] ?? (argument.kind === "series" && argument.default ? read(argument.default) : undefined),
    )
    const inputs = spec.arguments.flatMap((argument, n) => (argument.kind === "series" ? [this.value(given[n])] : []))
    const numbers = spec.arguments.flatMap((argument, n) =>
      argument.kind === "series" ? [] : [call.arguments[n] ? this.value(call.arguments[n]) : undefined],
    )
    const parts =
      spec.ticks === "source"
        ? commonParts(
            given.filter((_, n) => spec.arguments[n].kind === "series").map((formula) => formula!),
            this.#tickParts,
          )
        : 1
    const filled = trimmed(numbers, spec, parts)
    return this.#kept(
      upper(spec.name),
      filled,
      [...inputs, ...(spec.candle.length > 0 ? ["candle"] : [])],
      formulaText(call),
    )
  }

  #kept(kind: string, numbers: string[], inputs: string[], text: string): string {
    const key = `${kind}(${numbers.join()})(${inputs.join()})`
    const known = this.#place.known.get(key)
    if (known) return known
    this.#imports.add(kind)
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    const field = `${kind[0].toLowerCase()}${kind.slice(1)}${count}`
    this.#fields.push(`${field}: ${kind} = new ${kind}(${numbers.join(", ")})`)
    this.line(`this.${field}.next(${inputs.join(", ")}) // ${text}`)
    this.#place.known.set(key, `this.${field}`)
    return `this.${field}`
  }

  #history({ of, candlesAgo }: Extract<Formula, { kind: "history" }>): string {
    const value = this.value(of)
    return `${this.#kept("Ago", [this.value(candlesAgo)], [value], `${formulaText(of)}[${formulaText(candlesAgo)}]`)}.value`
  }

  /** A value of a longer timeframe: computed when such a candle has closed, kept until the next. */
  #onHigher(timeframe: CandleTimeframe, of: Formula): string {
    if (timeframe === (this.#place.timeframe ?? this.#strategy.timeframe)) return this.value(of)
    const place = this.#higher.get(timeframe) ?? newPlace(timeframe)
    this.#higher.set(timeframe, place)
    const before = this.#place
    this.#place = place
    const value = this.value(of)
    this.#place = before
    const field = place.known.get(value) ?? `on${upper(timeframe)}Value${place.known.size + 1}`
    if (!place.known.has(value)) {
      this.#fields.push(`${field}: f64 = NaN`)
      place.lines.push(`this.${field} = ${value} // ${formulaText(of)} @ ${timeframe}`)
      place.known.set(value, field)
    }
    return `this.${field}`
  }

  /** The whole file. */
  source(className: string, about: string[], acts: string[]): string {
    const higher = [...this.#higher.entries()]
    return [
      `import { ${[...this.#imports].sort().join(", ")} } from "candlewright"`,
      "",
      ...about.map((line) => `// ${line}`),
      `export class ${className} extends Strategy {`,
      ...this.#fields.map((field) => `  ${field}`),
      "",
      ...(higher.length > 0
        ? [
            "  constructor() {",
            "    super()",
            ...higher.map(([timeframe]) => `    this.listenTo("${timeframe}")`),
            "  }",
            "",
          ]
        : []),
      ...(higher.length > 0
        ? [
            "  onHigher(timeframe: string, candle: Candle): void {",
            ...higher.flatMap(([timeframe, { lines }]) => [
              `    if (timeframe == "${timeframe}") {`,
              ...lines.map((line) => `      ${line}`),
              "    }",
            ]),
            "  }",
            "",
          ]
        : []),
      "  onCandle(candle: Candle): void {",
      ...[...this.#own.lines, ...acts].map((line) => `    ${line}`),
      "  }",
      "}",
      "",
    ].join("\n")
  }
}

function newPlace(timeframe?: CandleTimeframe): Place {
  return { timeframe, lines: [], series: new Map(), known: new Map() }
}

function read(text: string): Formula {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(`a checked document has a formula that cannot be read: ${text}`)
  return parsed.formula
}

/** Numbers of a constructor without trailing defaults; then how fine the values' grid is, where that is not a tick. */
function trimmed(numbers: (string | undefined)[], spec: FunctionSpec, parts: number): string[] {
  const written = [...numbers]
  if (parts === 1) while (written.length > 0 && written.at(-1) === undefined) written.pop()
  const own = spec.arguments.filter(({ kind }) => kind !== "series")
  const filled = written.map(
    (number, n) => number ?? (own[n].name === "deviationsDown" ? (written[n - 1] ?? usual(own[n])) : usual(own[n])),
  )
  return parts === 1 ? filled : [...filled, literal(parts)]
}

function usual(argument: FunctionSpec["arguments"][number]): string {
  return argument.kind === "average" ? JSON.stringify(argument.default) : literal(Number(argument.default))
}

function outputNames(formula: Formula, series: Map<string, Formula>): readonly string[] {
  if (formula.kind === "timeframe") return outputNames(formula.of, series)
  if (formula.kind === "name") return series.has(formula.name) ? outputNames(series.get(formula.name)!, series) : []
  return formula.kind === "call" ? (functionCatalogue.get(formula.name)?.outputs ?? []) : []
}

function literal(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value)
}

const helperOf: Record<string, string | undefined> = {
  "<": "less",
  "<=": "lessOrEqual",
  ">": "greater",
  ">=": "greaterOrEqual",
  "==": "equal",
  "!=": "notEqual",
  and: "and",
  or: "or",
}
const amountHelpers = { "+": "plus", "-": "minus", "*": "times", "/": "over", ratio: "ratio" }
const priceCalls: Record<string, string | undefined> = { hl2: "medPrice", hlc3: "typPrice", ohlc4: "avgPrice" }
const builtIn = new Set(["abs", "min", "max", "floor", "ceil", "sqrt"])

function mathsOf(op: Op): string | undefined {
  if (op < Op.abs || op >= Op.crossover) return undefined
  if (op === Op.log || op === Op.exp || op === Op.pow) return `Math.${Op[op]}`
  return Op[op]
}

const upper = (name: string) => name[0].toUpperCase() + name.slice(1)
