import { Op } from "../engine-wasm/assembly/operators/opcode.ts"
import { functionCatalogue } from "../engine-wasm/host/strategy/formula/function-catalogue.ts"
import type { FunctionSpec } from "../engine-wasm/host/strategy/formula/function-spec.ts"
import {
  indicatorStructs,
  numbersOf,
  patternFiles,
  seriesOf,
  structOfFunction,
  type FunctionStruct,
} from "./indicator-struct.ts"
import { candlesOf } from "./operator-dispatch.ts"

/**
 * The indicators a strategy in code may use, one class for each function of the formula language, with its name and
 * its order of arguments: the text of engine-wasm/assembly/code/indicators.gen.ts, which the build writes. Generated
 * from the catalogue, so that nothing is written twice.
 */
export async function codeIndicators(): Promise<string> {
  const specs = [...functionCatalogue.values()].filter(
    ({ op }) => op >= Op.crossover && op !== Op.hour && op !== Op.weekday,
  )
  const [structs, patterns] = await Promise.all([indicatorStructs(), patternFiles()])
  const ofStructs = specs
    .filter(({ op }) => op < Op.cdl2crows)
    .map((spec) => ({ spec, struct: structOfFunction(spec, structs) }))
  const ofPatterns = specs.filter(({ op }) => op >= Op.cdl2crows)
  return [
    "// Written by the build from the formula language's catalogue; not by hand.",
    'import { Candle } from "./candle"',
    'import { known } from "../indicators/known"',
    'import { averageKind } from "./average-kind"',
    'import { isPrice, priceScale, priceTicks, sourceScale, sourceTicks } from "./price-grid"',
    'import { RecentCandles } from "../patterns/recent-candles"',
    ...ofStructs.map(({ struct }) => `import { ${struct.name} as Core${struct.name} } from "${struct.file}"`),
    ...ofPatterns.map(({ name }) => `import { ${name} } from "${patterns.get(name)}"`),
    "",
    ...ofStructs.map(({ spec, struct }) => structClass(spec, struct)),
    ...ofPatterns.map(patternClass),
  ].join("\n")
}

function structClass(spec: FunctionSpec, struct: FunctionStruct): string {
  const core = `Core${struct.name}`
  const state = `changetype<${core}>(changetype<usize>(this.state))`
  const names = new Map(
    struct.start.filter(({ name }) => name !== "scale").map(({ name }, n) => [name, numbersOf(spec)[n].name]),
  )
  const given = (parameters: FunctionStruct["start"], scale: string) =>
    parameters.map(({ name, type }) => (name === "scale" ? scale : cast(type, names.get(name)!, spec))).join(", ")
  const ofSource = spec.ticks === "source"
  const scale = spec.ticks ? "scale" : "0"
  const series = seriesOf(spec).map(({ name }) => name)
  return classText(spec, {
    fields: [
      ...(spec.ticks ? [`  private ${ofSource ? "" : "readonly "}scale: f64`] : []),
      `  private ${ofSource ? "" : "readonly "}state: StaticArray<u8>`,
      ...(ofSource
        ? [
            "  private readonly isWhole: bool",
            "  // The same indicator without a grid, until the first value says whether it lies on one.",
            "  private readonly plain: StaticArray<u8>",
            "  private isOpen: bool",
          ]
        : []),
    ],
    start: [
      ...(spec.ticks ? [`    const scale = ${scaleText(spec)}`, "    this.scale = scale"] : []),
      ...(ofSource
        ? [
            "    this.isWhole = parts == parts",
            "    const isOpen = parts != parts && scale > 0",
            "    this.isOpen = isOpen",
          ]
        : []),
      `    this.state = new StaticArray<u8>(${core}.bytes(${given(struct.bytes, scale)}))`,
      ...(ofSource
        ? [`    this.plain = new StaticArray<u8>(isOpen ? ${core}.bytes(${given(struct.bytes, "0")}) : 0)`]
        : []),
      `    ${state}.start(${given(struct.start, scale)})`,
      ...(ofSource
        ? [`    if (isOpen) changetype<${core}>(changetype<usize>(this.plain)).start(${given(struct.start, "0")})`]
        : []),
    ],
    methods: ofSource
      ? [
          `  private settle(${series.map((name) => `${name}: f64`).join(", ")}): void {`,
          "    this.isOpen = false",
          `    if (${series.map((name) => `isPrice(${name}, this.scale)`).join(" && ")}) return`,
          "    this.scale = 0",
          "    this.state = this.plain",
          "  }",
          "",
        ]
      : [],
    next: [
      ...(ofSource ? [`    if (this.isOpen && known(${series.join(" + ")})) this.settle(${series.join(", ")})`] : []),
      `    const answer = ${state}.next(${inputsOf(spec).join(", ")})`,
      ...spec.outputs
        .filter((output) => output !== struct.answer)
        .map((output) => `    this.${output} = answer == answer ? ${state}.${output} : NaN`),
      ...nextMethod(spec, struct.answer, "answer"),
    ],
  })
}

function patternClass(spec: FunctionSpec): string {
  const takesShare = spec.arguments.length > 0
  const judged = `${spec.name}(candles${takesShare ? ", this.penetration" : ""})`
  return classText(spec, {
    fields: [
      "  private readonly scale: f64",
      "  private readonly state: StaticArray<u8> = new StaticArray<u8>(RecentCandles.bytes())",
      ...(takesShare ? ["  private readonly penetration: f64"] : []),
    ],
    start: [`    this.scale = ${scaleText(spec)}`, ...(takesShare ? ["    this.penetration = penetration"] : [])],
    next: [
      "    const candles = changetype<RecentCandles>(changetype<usize>(this.state))",
      `    const isWhole = candles.next(${inputsOf(spec).join(", ")})`,
      ...nextMethod(spec, "value", `isWhole && candles.knows(${candlesOf(spec)}) ? ${judged} : NaN`),
    ],
  })
}

function classText(
  spec: FunctionSpec,
  { fields, start, methods = [], next }: { fields: string[]; start: string[]; methods?: string[]; next: string[] },
): string {
  const outputs = spec.outputs.length === 0 ? ["value"] : spec.outputs
  const parameters = [
    ...numbersOf(spec).map(parameterText),
    ...(spec.ticks === "source" ? ["parts: f64 = NaN"] : []),
  ].join(", ")
  const series = seriesOf(spec).map(({ name }) => `${name}: f64`)
  const inputs = [...series, ...(spec.candle.length > 0 ? ["candle: Candle"] : [])].join(", ")
  return [
    ...docText(spec, inputs),
    `export class ${pascal(spec.name)} {`,
    ...outputs.map((output) => `  ${output}: f64 = NaN`),
    ...fields,
    "",
    `  constructor(${parameters}) {`,
    ...start,
    "  }",
    "",
    ...methods,
    // A call with one of the heap's objects costs a frame on the collector's stack; inlined it costs none.
    "  @inline",
    `  next(${inputs}): ${isTruth(spec) ? "bool" : "f64"} {`,
    ...next,
    "  }",
    "}",
    "",
  ].join("\n")
}

/** What an editor shows beside the name: the sentence of the list of functions, and how it is used. */
function docText(spec: FunctionSpec, inputs: string): string[] {
  const name = pascal(spec.name)
  const field = spec.name
  const numbers = numbersOf(spec).filter((argument) => argument.default === undefined)
  const given = inputs.replaceAll(/: (f64|Candle)/g, "").replace(/\bsource\b/, "candle.close")
  const [first, ...others] = spec.outputs
  return [
    "/**",
    ` * ${spec.doc}`,
    " *",
    " * @example",
    ` *   ${field}: ${name} = new ${name}(${numbers.map(() => 14).join(", ")})`,
    " *   // and in onCandle, once for each candle:",
    ` *   const now = this.${field}.next(${given})`,
    ...(others.length > 0
      ? [` *   // then also this.${field}.${first}, ${others.map((output) => `.${output}`).join(", ")}`]
      : []),
    " */",
  ]
}

function nextMethod(spec: FunctionSpec, answer: string, value: string): string[] {
  const [kept, own] = value === "answer" ? [[], value] : [[`    const now = ${value}`], "now"]
  return [...kept, `    this.${answer} = ${own}`, `    return ${own}${isTruth(spec) ? " == 1" : ""}`]
}

const truths = new Set<Op>([Op.crossover, Op.crossunder, Op.cross, Op.rising, Op.falling])
const isTruth = ({ op }: FunctionSpec) => truths.has(op)

function parameterText(argument: ReturnType<typeof numbersOf>[number]): string {
  if (argument.kind === "average") return `${argument.name}: string = "${argument.default}"`
  if (argument.name === "deviationsDown") return "deviationsDown: f64 = deviationsUp"
  return `${argument.name}: f64${argument.default === undefined ? "" : ` = ${argument.default}`}`
}

/** The struct's inputs for one candle, in whole ticks where it works in them. */
function inputsOf(spec: FunctionSpec): string[] {
  const ticks = (input: string) => spec.ticks === "price" && /^(open|high|low|close)$/.test(input)
  return [
    ...spec.candle.map((input) =>
      ticks(input) ? `priceTicks(candle.${input}, this.scale)` : `candle.${input === "time" ? "openTimeMs" : input}`,
    ),
    ...seriesOf(spec).map(({ name }) =>
      spec.ticks === "source" ? `sourceTicks(${name}, this.scale, this.isWhole)` : name,
    ),
  ]
}

function cast(type: string, name: string, spec: FunctionSpec): string {
  if (numbersOf(spec).find((argument) => argument.name === name)?.kind === "average") return `averageKind(${name})`
  return type === "i32" ? `<i32>${name}` : name
}

/** How many ticks make one unit of the struct's input; the counterpart of host/strategy/compile/grid.ts. */
function scaleText(spec: FunctionSpec): string {
  const longest = numbersOf(spec)
    .filter(({ kind }) => kind !== "average")
    .reduce((most, { name }) => `max(${most}, ${name})`, "4.0")
  const weighted = `${longest} * (${longest} + 1) / 2`
  const reaches = {
    window: longest,
    weighted,
    squared: `${longest} * 46875`,
    fitted: `${longest} * ${longest} * ${longest}`,
  }
  const reach = spec.reach ? reaches[spec.reach] : "4.0"
  const least = spec.reach === "squared" ? weighted : reach
  return spec.ticks === "price" ? `priceScale(${reach})` : `sourceScale(parts, ${reach}, ${least})`
}

const pascal = (name: string) => name[0].toUpperCase() + name.slice(1)
