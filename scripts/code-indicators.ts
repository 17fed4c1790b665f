import { readFile } from "node:fs/promises"
import { Op } from "../engine-wasm/assembly/operators/opcode.ts"
import { functionCatalogue } from "../engine-wasm/host/strategy/formula/function-catalogue.ts"
import type { FunctionArgument, FunctionSpec } from "../engine-wasm/host/strategy/formula/function-spec.ts"
import { projectPath } from "./project-path.ts"

/**
 * The indicators a strategy in code may use, one class for each function of the formula language, with its name and
 * its order of
 * arguments: the text of engine-wasm/assembly/code/indicators.gen.ts, which the build writes. Made from the
 * catalogue, so that nothing is told twice.
 */
export async function codeIndicators(): Promise<string> {
  const specs = [...functionCatalogue.values()].filter(
    ({ op }) => op >= Op.crossover && op !== Op.hour && op !== Op.weekday,
  )
  const parts = await Promise.all(specs.map(classFor))
  const imports = new Set(parts.flatMap((part) => part.imports))
  return [
    "// Written by the build from the formula language's catalogue; not by hand.",
    'import { COLUMN_BYTES, get } from "../operators/column"',
    'import { Op } from "../operators/opcode"',
    'import { Candle } from "./candle"',
    'import { averageKind, cell, NUMBERS, OUTPUTS, setNumber, SOURCES } from "./operator-cells"',
    'import { isOnGrid, sourceScale, priceScale } from "./price-grid"',
    ...[...imports].sort(),
    "",
    ...parts.map((part) => part.text),
  ].join("\n")
}

type Part = { imports: string[]; text: string }

async function classFor(spec: FunctionSpec): Promise<Part> {
  if (spec.op >= Op.cdl2crows) return patternClass(spec)
  const struct = await structOf(spec)
  return struct ? structClass(spec, struct) : operatorClass(spec)
}

type Parameter = { name: string; type: string }
type Struct = { name: string; file: string; bytes: Parameter[]; start: Parameter[] }

/** Many-valued structs: the output `next` answers; the others are fields of the same name, known when it is. */
const answered: Record<string, string> = {
  macd: "line",
  stoch: "k",
  stochf: "k",
  stochRsi: "k",
  supertrend: "line",
  mama: "mama",
  donchian: "middle",
  keltner: "middle",
  htSine: "sine",
  htPhasor: "inPhase",
}

/** The indicator's own struct, where it can be called as the catalogue says; undefined: it is run as an operator. */
async function structOf(spec: FunctionSpec): Promise<Struct | undefined> {
  const text = await readFile(projectPath(`engine-wasm/assembly/indicators/${kebab(spec.name)}.ts`), "utf8").catch(
    () => "",
  )
  const name = pascal(spec.name)
  const body = new RegExp(`export class ${name} \\{([\\s\\S]*)`).exec(text)?.[1] ?? ""
  const [bytes, start, next] = ["static bytes", "start", "next"].map(
    (method) => new RegExp(`\\n  ${method}\\(([^)]*(?:\\([^)]*\\)[^)]*)*)\\):`).exec(body)?.[1],
  )
  if (bytes === undefined || start === undefined || next === undefined) return undefined
  const own = parametersOf(start).filter((one) => one.name !== "scale" && one.name !== "weight")
  const fits =
    own.length === numbersOf(spec).length && parametersOf(next).length === spec.candle.length + seriesOf(spec).length
  const isTold = spec.outputs.length === 0 || answered[spec.name] !== undefined
  return fits && isTold
    ? { name, file: `../indicators/${kebab(spec.name)}`, bytes: parametersOf(bytes), start: parametersOf(start) }
    : undefined
}

function parametersOf(list: string): Parameter[] {
  return list
    .split(/,(?![^(]*\))/)
    .filter((one) => one.trim() !== "")
    .map((one) => {
      const [, name, type] = /^\s*(\w+): (\w+)/.exec(one)!
      return { name, type }
    })
}

function structClass(spec: FunctionSpec, struct: Struct): Part {
  const core = `Core${struct.name}`
  const places = new Map(
    struct.start
      .filter(({ name }) => name !== "scale" && name !== "weight")
      .map(({ name }, n) => [name, numbersOf(spec)[n].name]),
  )
  const given = (parameter: Parameter) =>
    parameter.name === "scale" ? "scale" : cast(parameter.type, places.get(parameter.name)!, spec)
  const start = struct.start
    .filter(({ name }) => name !== "weight")
    .map(given)
    .join(", ")
  const bytes = struct.bytes.map(given).join(", ")
  const answer = spec.outputs.length === 0 ? "value" : answered[spec.name]
  const others = spec.outputs.filter((output) => output !== answer)
  const isDual = spec.exact === "source"
  const call = `core(this.state).next(${inputsOf(spec).join(", ")})`
    .replace("core(", `changetype<${core}>(changetype<usize>(`)
    .replace(").next", ")).next")
  const plainCall = call.replace("this.state", "this.plain")
  const text = classText(spec, {
    fields: [
      "  private readonly state: StaticArray<u8>",
      ...(isDual
        ? [
            "  private readonly plain: StaticArray<u8>",
            "  private readonly isDual: bool",
            "  private isOnGrid: bool",
            "  private readonly scale: f64",
          ]
        : []),
    ],
    start: [
      ...scaleLines(spec),
      `    this.state = new StaticArray<u8>(${core}.bytes(${bytes}))`,
      ...(isDual
        ? [
            "    // Beside it the same indicator without a grid, for values that turn out to lie on none.",
            "    const isDual = parts != parts && scale != 0",
            `    this.plain = new StaticArray<u8>(isDual ? ${core}.bytes(${bytes}) : 0)`,
            "    this.isDual = isDual",
            "    this.scale = scale",
            "    this.isOnGrid = true",
          ]
        : []),
      `    changetype<${core}>(changetype<usize>(this.state)).start(${start})`,
      ...(isDual
        ? [`    if (isDual) changetype<${core}>(changetype<usize>(this.plain)).start(${start.replace("scale", "0")})`]
        : []),
    ],
    next: isDual
      ? [
          "    let answer: f64 = NaN",
          `    if (this.isOnGrid) answer = ${call}`,
          "    if (this.isDual) {",
          `      const plain = ${plainCall}`,
          `      this.isOnGrid = this.isOnGrid && isOnGrid(${seriesOf(spec)[0].name}, this.scale)`,
          "      if (!this.isOnGrid) answer = plain",
          "    }",
          ...told(spec, answer, "answer"),
        ]
      : [
          `    const answer = ${call}`,
          ...others.map(
            (output) =>
              `    this.${output} = answer == answer ? changetype<${core}>(changetype<usize>(this.state)).${output} : NaN`,
          ),
          ...told(spec, answer, "answer"),
        ],
  })
  return { imports: [`import { ${struct.name} as ${core} } from "${struct.file}"`], text }
}

/** Any other function: its operator, run for one candle. */
function operatorClass(spec: FunctionSpec): Part {
  const family = familyOf(spec.op)
  const numbers = numbersOf(spec)
  const text = classText(spec, {
    fields: ["  private readonly state: StaticArray<u8>"],
    start: [
      ...scaleLines(spec),
      ...numbers.map(
        (argument, n) =>
          `    setNumber(${n}, ${argument.kind === "average" ? `averageKind(${argument.name})` : argument.name})`,
      ),
      ...(spec.exact ? [`    setNumber(${numbers.length}, scale)`] : []),
      `    this.state = new StaticArray<u8>(max(${family}Bytes(Op.${opName(spec)}, NUMBERS), 8))`,
      `    ${family}Start(Op.${opName(spec)}, changetype<usize>(this.state), NUMBERS)`,
    ],
    next: [
      ...inputsOf(spec).map((input, n) => `    cell(${n}, ${input})`),
      `    ${family}Run(Op.${opName(spec)}, 1, OUTPUTS, SOURCES, changetype<usize>(this.state))`,
      ...spec.outputs.map((output, n) => `    this.${output} = get(OUTPUTS + ${n} * COLUMN_BYTES, 0)`),
      ...told(spec, spec.outputs[0] ?? "value", "get(OUTPUTS, 0)"),
    ],
  })
  return { imports: [`import { ${family}Bytes, ${family}Run, ${family}Start } from "../operators/${family}"`], text }
}

async function patternClass(spec: FunctionSpec): Promise<Part> {
  const operators = await readFile(projectPath("engine-wasm/assembly/operators/patterns.ts"), "utf8")
  const [, judge, penetration] = new RegExp(
    `case Op\\.${spec.name}:\\s+return (\\w+)\\(candles(, penetration)?\\)`,
  ).exec(operators)!
  const file = new RegExp(`import \\{ ${judge} \\} from "(.+)"`).exec(operators)![1]
  const text = classText(spec, {
    fields: [
      "  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())",
      ...(penetration ? ["  private readonly penetration: f64"] : []),
    ],
    start: penetration ? ["    this.penetration = penetration"] : [],
    next: [
      "    const candles = changetype<RecentCandles>(changetype<usize>(this.state))",
      "    const isWhole = candles.next(candle.open, candle.high, candle.low, candle.close)",
      ...told(spec, "value", `isWhole ? ${judge}(candles${penetration ? ", this.penetration" : ""}) : NaN`),
    ],
  })
  return {
    imports: [`import { ${judge} } from "${file}"`, 'import { RecentCandles } from "../patterns/recent-candles"'],
    text,
  }
}

function classText(
  spec: FunctionSpec,
  { fields, start, next }: { fields: string[]; start: string[]; next: string[] },
): string {
  const outputs = spec.outputs.length === 0 ? ["value"] : spec.outputs
  const parameters = [
    ...numbersOf(spec).map(parameterText),
    ...(spec.exact === "source" ? ["parts: f64 = NaN"] : []),
  ].join(", ")
  const series = seriesOf(spec).map(({ name }) => `${name}: f64`)
  const inputs = [...series, ...(spec.candle.length > 0 ? ["candle: Candle"] : [])].join(", ")
  return [
    `/** ${spec.doc} */`,
    `export class ${pascal(spec.name)} {`,
    ...outputs.map((output) => `  ${output}: f64 = NaN`),
    ...fields,
    "",
    ...(start.length > 0 ? [`  constructor(${parameters}) {`, ...start, "  }", ""] : []),
    // A call with one of the heap's objects costs a frame on the collector's stack; inlined it costs none.
    "  @inline",
    `  next(${inputs}): ${isTruth(spec) ? "bool" : "f64"} {`,
    ...next,
    "  }",
    "}",
    "",
  ].join("\n")
}

function told(spec: FunctionSpec, answer: string, value: string): string[] {
  return [`    this.${answer} = ${value}`, `    return this.${answer}${isTruth(spec) ? " == 1" : ""}`]
}

const truths = new Set<Op>([Op.crossover, Op.crossunder, Op.cross, Op.rising, Op.falling])
const isTruth = ({ op }: FunctionSpec) => truths.has(op)

type NumberArgument = Exclude<FunctionArgument, { kind: "series" }>

function numbersOf(spec: FunctionSpec): NumberArgument[] {
  return spec.arguments.filter((argument): argument is NumberArgument => argument.kind !== "series")
}

function seriesOf(spec: FunctionSpec): FunctionArgument[] {
  return spec.arguments.filter(({ kind }) => kind === "series")
}

function parameterText(argument: NumberArgument): string {
  if (argument.kind === "average") return `${argument.name}: string = "${argument.default}"`
  if (argument.name === "deviationsDown") return "deviationsDown: f64 = deviationsUp"
  return `${argument.name}: f64${argument.default === undefined ? "" : ` = ${argument.default}`}`
}

const candleFields: Record<string, string> = { time: "openTimeMs" }

function inputsOf(spec: FunctionSpec): string[] {
  return [
    ...spec.candle.map((input) => `candle.${candleFields[input] ?? input}`),
    ...seriesOf(spec).map(({ name }) => name),
  ]
}

function cast(type: string, name: string, spec: FunctionSpec): string {
  if (numbersOf(spec).find((argument) => argument.name === name)?.kind === "average") return `averageKind(${name})`
  return type === "i32" ? `<i32>${name}` : name
}

const weighted = new Set<Op>([Op.wma, Op.trima, Op.ma, Op.bbands])

/** The grid the struct counts on: that of prices, or the one its values are said to lie on. */
function scaleLines(spec: FunctionSpec): string[] {
  if (!spec.exact) return []
  const lengths = numbersOf(spec)
    .filter(({ kind }) => kind !== "average")
    .map(({ name }) => name)
  const longest = lengths.reduce((a, b) => `max(${a}, ${b})`, "4.0")
  const weight = weighted.has(spec.op) ? `${longest} * (${longest} + 1) / 2` : longest
  return [
    `    const scale = ${spec.exact === "price" ? "priceScale" : "sourceScale"}(${spec.exact === "price" ? "" : "parts, "}${weight})`,
  ]
}

const families = ["averages", "momentum", "trend", "volatility", "volume", "statistics", "cycle", "price"]

function familyOf(op: Op): string {
  return op < Op.sma ? "crossing" : families[Math.floor((op - Op.sma) / 50)]
}

const opName = ({ op }: FunctionSpec) => Op[op]
const pascal = (name: string) => name[0].toUpperCase() + name.slice(1)
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
