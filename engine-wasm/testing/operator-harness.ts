import { newInstance, type EngineExports } from "../host/run/engine/engine.ts"
import { averageKinds, type CandleInput, type FunctionSpec } from "../host/strategy/formula/function-spec.ts"
import { builtEngine } from "./built-engine.ts"

const BLOCK = 1024
const COLUMN_BYTES = 8192

export type Columns = Partial<Record<CandleInput, Float64Array>>

/**
 * What to run one function over. Missing numbers take the spec's defaults; `scale`: how many ticks make one unit of
 * its inputs in ticks (0: no grid); `block` is the candles per call (1 to 1024).
 */
export type OperatorInput = {
  numbers?: number[]
  scale?: number
  columns?: Columns
  series?: Float64Array[]
  block?: number | (() => number)
}

type Operators = EngineExports & {
  operatorBytes(op: number, numbers: number): number
  operatorStart(op: number, state: number, numbers: number): void
  operatorRun(op: number, count: number, destination: number, sources: number, state: number): void
}

/** Runs single functions of the formula language in the built engine. */
export type OperatorHarness = { run: (spec: FunctionSpec, input: OperatorInput) => Float64Array[] }

export async function operatorHarness(): Promise<OperatorHarness> {
  const operators = newInstance(await builtEngine()) as Operators
  return { run: (spec, input) => runOperator(operators, spec, input) }
}

/** A function's constants, in order; average kinds as codes. */
export function numbersOf(spec: FunctionSpec, { numbers }: OperatorInput): number[] {
  return (
    numbers ??
    spec.arguments.flatMap((argument) => {
      if (argument.kind === "series") return []
      if (argument.kind === "average") return [averageKinds[argument.default]]
      if (argument.default === undefined) throw new Error(`${spec.name} has no default ${argument.name}`)
      return [argument.default]
    })
  )
}

function runOperator(operators: Operators, spec: FunctionSpec, input: OperatorInput): Float64Array[] {
  const sources = [
    ...spec.candle.map((name) => inTicks(column(spec, input, name), input, spec.ticks === "price" && isPrice(name))),
    ...(input.series ?? []).map((values) => inTicks(values, input, spec.ticks === "source")),
  ]
  const count = sources[0]!.length
  const outputs = Array.from({ length: Math.max(1, spec.outputs.length) }, () => new Float64Array(count))
  const mark = operators.mark()
  const numbers = [...numbersOf(spec, input), ...(spec.ticks ? [input.scale ?? 0] : [])]
  const area = layOut(operators, spec, numbers, sources.length, outputs.length)
  for (let from = 0; from < count;) {
    const wanted = typeof input.block === "function" ? input.block() : (input.block ?? BLOCK)
    const to = Math.min(count, from + wanted)
    sources.forEach((values, n) => area.sources[n]!.set(values.subarray(from, to)))
    operators.operatorRun(spec.op, to - from, area.destinationAt, area.sourcesAt, area.stateAt)
    outputs.forEach((values, n) => values.set(area.destinations[n]!.subarray(0, to - from), from))
    from = to
  }
  operators.release(mark)
  return outputs
}

function column(spec: FunctionSpec, input: OperatorInput, name: CandleInput): Float64Array {
  const values = input.columns?.[name]
  if (!values) throw new Error(`${spec.name} needs the column ${name}`)
  return values
}

const isPrice = (name: CandleInput) => name !== "volume" && name !== "time" && name !== "index"

/** In the compiler's form. */
function inTicks(values: Float64Array, { scale = 0 }: OperatorInput, counts: boolean): Float64Array {
  return counts && scale > 0 ? values.map((value) => Math.round(value * scale)) : values
}

/** Places numbers, source list, columns and state one after the other and starts the operator on zeroed state. */
function layOut(operators: Operators, spec: FunctionSpec, numbers: number[], sourceCount: number, outputCount: number) {
  const numbersAt = operators.allocate(Math.max(1, numbers.length) * 8)
  new Float64Array(operators.memory.buffer, numbersAt, numbers.length).set(numbers)
  const sourcesAt = operators.allocate(sourceCount * 4)
  const columnsAt = operators.allocate((sourceCount + outputCount) * COLUMN_BYTES)
  const bytes = operators.operatorBytes(spec.op, numbersAt)
  if (bytes % 8 !== 0) throw new Error(`${spec.name}: a state of ${bytes} bytes is not a multiple of 8`)
  const stateAt = operators.allocate(bytes)
  const { buffer } = operators.memory
  const at = (n: number) => columnsAt + n * COLUMN_BYTES
  new Uint32Array(buffer, sourcesAt, sourceCount).set(Array.from({ length: sourceCount }, (_, n) => at(n)))
  operators.operatorStart(spec.op, stateAt, numbersAt)
  const columns = Array.from({ length: sourceCount + outputCount }, (_, n) => new Float64Array(buffer, at(n), BLOCK))
  // A value read before it was written must not look like a number of the last run.
  for (const values of columns) values.fill(-12345)
  return {
    sourcesAt,
    destinationAt: at(sourceCount),
    stateAt,
    sources: columns.slice(0, sourceCount),
    destinations: columns.slice(sourceCount),
  }
}
