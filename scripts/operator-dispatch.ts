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

type Operator = { spec: FunctionSpec; struct: FunctionStruct }

/**
 * How every operator with a state is laid out, started and run: the text of assembly/operators/dispatch.gen.ts, which
 * the build writes from the formula language's catalogue. Throws where an operator has no function or no indicator.
 */
export async function operatorDispatch(specs: FunctionSpec[] = [...functionCatalogue.values()]): Promise<string> {
  const kept = specs.filter(({ op }) => op >= Op.crossover)
  refuseForgotten(kept)
  const structs = await indicatorStructs()
  const operators = kept
    .filter(({ op }) => op < Op.cdl2crows)
    .map((spec) => ({ spec, struct: structOfFunction(spec, structs) }))
  const patterns = kept.filter(({ op }) => op >= Op.cdl2crows)
  const ofPatterns = (line: string) => patterns.map(({ name }) => `    case Op.${name}: ${line}`)
  return [
    "// Written by the build from the formula language's catalogue; not by hand.",
    'import { RecentCandles } from "../patterns/recent-candles"',
    'import { HAS_CODE } from "../has-code"',
    'import { COLUMN_BYTES, get, number, set, source } from "../column"',
    'import { Op } from "./opcode"',
    'import { runFive, runFour, runPair, runThree, runValue } from "./run"',
    ...operators.map(({ struct }) => `import { ${struct.name} } from "${struct.file}"`),
    ...(await patternImports(patterns)),
    "",
    "/** Bytes of state the operator needs for these numbers (a multiple of 8). */",
    "export function operatorBytes(op: i32, numbers: usize): i32 {",
    ...choice([
      ...operators.map((one) => `    case Op.${one.spec.name}: return ${bytesOf(one)}`),
      ...ofPatterns("return RecentCandles.bytes()"),
    ]),
    "/** Prepares zeroed state for the first candle. */",
    "export function operatorStart(op: i32, state: usize, numbers: usize): void {",
    ...choice([
      ...operators.map((one) => `    case Op.${one.spec.name}: return ${startOf(one)}`),
      ...patterns.map(patternStart),
    ]),
    "/** Runs the operator over the next `count` candles: reads the source columns, writes its output columns. */",
    "export function operatorRun(op: i32, count: i32, destination: usize, sources: usize, state: usize): void {",
    "  call_indirect<void>(load<u32>(LOOPS + ((<usize>op) << 2)), count, destination, sources, state)",
    "}",
    "",
    ...loopTable(operators, patterns),
    ...operators.flatMap(loop),
    ...operators.filter(isManyValued).flatMap(manyValued),
    ...patterns.flatMap(patternLoop),
  ].join("\n")
}

/** A number without a function would trap in a backtest; it stops the build instead. */
function refuseForgotten(specs: FunctionSpec[]) {
  const known = new Set(specs.map(({ op }) => op))
  const forgotten = Object.values(Op).filter((op) => typeof op === "number" && op >= Op.crossover && !known.has(op))
  if (forgotten.length > 0)
    throw new Error(`Operators without a function in the catalogue: ${forgotten.map((op) => Op[op as Op]).join(", ")}.`)
}

function choice(cases: string[]): string[] {
  return ["  switch (op) {", ...cases, "    default: return unreachable()", "  }", "}", ""]
}

function bytesOf({ spec, struct }: Operator): string {
  return `${struct.name}.bytes(${given(spec, struct, struct.bytes)})`
}

function startOf({ spec, struct }: Operator): string {
  return `changetype<${struct.name}>(state).start(${given(spec, struct, struct.start)})`
}

/** The struct's parameters out of the operator's numbers: in `start` by position, in `bytes` by the same names. */
function given(spec: FunctionSpec, { start }: FunctionStruct, parameters: FunctionStruct["bytes"]): string {
  const places = start.filter(({ name }) => name !== "scale").map(({ name }) => name)
  return parameters
    .map(({ name, type }) => {
      if (name === "scale" && !spec.ticks) return "0"
      const value = `number(numbers, ${name === "scale" ? numbersOf(spec).length : places.indexOf(name)})`
      return type === "i32" ? `<i32>${value}` : value
    })
    .join(", ")
}

// We call each operator's loop through a table: the optimizer would merge all of them into one function, which no
// platform compiles well.
function loopTable(operators: Operator[], patterns: FunctionSpec[]): string[] {
  const last = Math.max(...[...operators.map(({ spec }) => spec), ...patterns].map(({ op }) => op))
  const entry = (name: string) => `  store<u32>(LOOPS + (Op.${name} << 2), loop_${name}.index)`
  return [
    `const LOOPS: usize = memory.data(${(last + 1) * 4}, 16)`,
    "if (!HAS_CODE) fillLoops()",
    "",
    "function fillLoops(): void {",
    ...operators.map(({ spec }) => entry(spec.name)),
    ...patterns.map(({ name }) => entry(name)),
    "}",
    "",
  ]
}

function loop(operator: Operator): string[] {
  return [
    `function loop_${operator.spec.name}(count: i32, destination: usize, sources: usize, state: usize): void {`,
    `  ${runOf(operator)}`,
    "}",
    "",
  ]
}

const runs = ["", "runValue", "runPair", "runThree", "runFour", "runFive"]

function runOf(operator: Operator): string {
  const { spec, struct } = operator
  const inputs = spec.candle.length + seriesOf(spec).length
  const columns = Array.from({ length: inputs }, (_, n) => `source(sources, ${n})`)
  if (struct.runs) return `changetype<${struct.name}>(state).run(${["count", "destination", ...columns].join(", ")})`
  if (isManyValued(operator)) return `run${struct.name}(count, destination, sources, changetype<${struct.name}>(state))`
  return `${runs[inputs]}<${struct.name}>(count, destination, sources, state)`
}

function isManyValued({ spec, struct }: Operator): boolean {
  return spec.outputs.length > 0 && !struct.runs
}

/** A loop for a struct that returns one output and keeps the others as fields. */
function manyValued({ spec, struct }: Operator): string[] {
  const inputs = Array.from({ length: struct.next.length }, (_, n) => n)
  const place = (n: number) => (n === 0 ? "destination" : `destination + ${n} * COLUMN_BYTES`)
  return [
    `function run${struct.name}(count: i32, destination: usize, sources: usize, indicator: ${struct.name}): void {`,
    ...inputs.map((n) => `  const column${n} = source(sources, ${n})`),
    "  for (let i = 0; i < count; i++) {",
    `    const answer = indicator.next(${inputs.map((n) => `get(column${n}, i)`).join(", ")})`,
    ...spec.outputs.map(
      (output, n) =>
        `    set(${place(n)}, i, ${output === struct.answer ? "answer" : `answer == answer ? indicator.${output} : NaN`})`,
    ),
    "  }",
    "}",
    "",
  ]
}

async function patternImports(patterns: FunctionSpec[]): Promise<string[]> {
  const files = await patternFiles()
  return patterns.map(({ name }) => {
    const file = files.get(name)
    if (!file) throw new Error(`The formula function ${name} has no pattern of its name in assembly/patterns.`)
    return `import { ${name} } from "${file}"`
  })
}

function patternStart({ name, arguments: { length } }: FunctionSpec): string {
  return `    case Op.${name}: ${length > 0 ? "changetype<RecentCandles>(state).penetration = number(numbers, 0); " : ""}return`
}

/** Candles a pattern needs to judge the newest. */
export function candlesOf({ readyAfter }: FunctionSpec): number {
  return readyAfter([]) + 1
}

function patternLoop(spec: FunctionSpec): string[] {
  const takesShare = spec.arguments.length > 0
  return [
    `function loop_${spec.name}(count: i32, destination: usize, sources: usize, state: usize): void {`,
    "  const candles = changetype<RecentCandles>(state)",
    ...["open", "high", "low", "close"].map((name, n) => `  const ${name} = source(sources, ${n})`),
    "  for (let i = 0; i < count; i++) {",
    "    const isWhole = candles.next(get(open, i), get(high, i), get(low, i), get(close, i))",
    `    set(destination, i, isWhole && candles.knows(${candlesOf(spec)}) ? ${spec.name}(candles${takesShare ? ", candles.penetration" : ""}) : NaN)`,
    "  }",
    "}",
    "",
  ]
}
