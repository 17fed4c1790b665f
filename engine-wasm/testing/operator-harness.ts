import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import asc from "assemblyscript/asc"
import { averageKinds, type CandleInput, type FunctionSpec } from "../host/strategy/formula/function-spec.ts"

const ASSEMBLY = fileURLToPath(new URL("../assembly/", import.meta.url))
const BLOCK = 1024
const COLUMN_BYTES = 8192
/** Where the harness's own memory begins: above the static data of a group's module. */
const FLOOR = 1 << 17

export type Columns = Partial<Record<CandleInput, Float64Array>>

/**
 * What one function is run over. Left-out numbers are the spec's defaults; `block` is the candles per call (1 to
 * 1024).
 */
export type OperatorInput = {
  numbers?: number[]
  scale?: number
  columns?: Columns
  series?: Float64Array[]
  block?: number | (() => number)
}

type GroupModule = {
  memory: WebAssembly.Memory
  bytes?: (op: number, numbers: number) => number
  start?: (op: number, state: number, numbers: number) => void
  run: (op: number, count: number, destination: number, sources: number, state: number) => void
}

/** Runs the functions of one operator group (`averages`, `momentum`, …), compiled from source. */
export type OperatorHarness = { run: (spec: FunctionSpec, input: OperatorInput) => Float64Array[] }

/** Compiles `assembly/operators/<group>.ts` as the engine is compiled. Throws with the compiler's messages. */
export async function operatorHarness(group: string): Promise<OperatorHarness> {
  const module = await compileGroup(group)
  return { run: (spec, input) => runOperator(module, spec, input) }
}

async function compileGroup(group: string): Promise<GroupModule> {
  const outFile = join(mkdtempSync(join(tmpdir(), "operator-")), `${group}.wasm`)
  const flags = ["--runtime", "stub", "--enable", "simd", "-O3"]
  const stderr = asc.createMemoryStream()
  const { error } = await asc.main([`operators/${group}.ts`, "--baseDir", ASSEMBLY, "--outFile", outFile, ...flags], {
    stderr,
  })
  if (error) throw new Error(`${group}.ts does not compile:\n${stderr.toString()}`)
  const { instance } = await WebAssembly.instantiate(readFileSync(outFile), { env: { abort } })
  const exported = instance.exports as Record<string, any>
  return {
    memory: exported["memory"],
    bytes: exported[`${group}Bytes`],
    start: exported[`${group}Start`],
    run: exported[`${group}Run`],
  }
}

function abort(_message: number, _file: number, line: number) {
  throw new Error(`the assembly aborted at line ${line}`)
}

/**
 * The numbers an operator gets: its constants in order (average kinds as codes), then the hidden scale if it keeps
 * ties exact.
 */
export function operatorNumbers(spec: FunctionSpec, { numbers, scale }: OperatorInput): number[] {
  const given =
    numbers ??
    spec.arguments.flatMap((argument) => {
      if (argument.kind === "series") return []
      if (argument.kind === "average") return [averageKinds[argument.default]]
      if (argument.default === undefined) throw new Error(`${spec.name} has no default ${argument.name}`)
      return [argument.default]
    })
  return spec.exact ? [...given, scale ?? 0] : given
}

function runOperator(module: GroupModule, spec: FunctionSpec, input: OperatorInput): Float64Array[] {
  const sources = [...spec.candle.map((name) => column(spec, input, name)), ...(input.series ?? [])]
  const count = sources[0]!.length
  const outputs = Array.from({ length: Math.max(1, spec.outputs.length) }, () => new Float64Array(count))
  const area = layOut(module, spec, operatorNumbers(spec, input), sources.length, outputs.length)
  for (let from = 0; from < count;) {
    const wanted = typeof input.block === "function" ? input.block() : (input.block ?? BLOCK)
    const to = Math.min(count, from + wanted)
    sources.forEach((values, n) => area.sources[n]!.set(values.subarray(from, to)))
    module.run(spec.op, to - from, area.destinationAt, area.sourcesAt, area.stateAt)
    outputs.forEach((values, n) => values.set(area.destinations[n]!.subarray(0, to - from), from))
    from = to
  }
  return outputs
}

function column(spec: FunctionSpec, input: OperatorInput, name: CandleInput): Float64Array {
  const values = input.columns?.[name]
  if (!values) throw new Error(`${spec.name} needs the column ${name}`)
  return values
}

/** Places numbers, source list, columns and state one behind the other and starts the operator on zeroed state. */
function layOut(module: GroupModule, spec: FunctionSpec, numbers: number[], sourceCount: number, outputCount: number) {
  const numbersAt = FLOOR
  const sourcesAt = FLOOR + 256
  const columnsAt = FLOOR + 512
  const destinationAt = columnsAt + sourceCount * COLUMN_BYTES
  const stateAt = destinationAt + outputCount * COLUMN_BYTES
  grow(module.memory, stateAt)
  new Float64Array(module.memory.buffer, numbersAt, numbers.length).set(numbers)
  const bytes = module.bytes?.(spec.op, numbersAt) ?? 0
  if (bytes % 8 !== 0) throw new Error(`${spec.name}: a state of ${bytes} bytes is not a multiple of 8`)
  grow(module.memory, stateAt + bytes)
  const { buffer } = module.memory
  new Uint8Array(buffer, stateAt, bytes).fill(0)
  new Float64Array(buffer, numbersAt, numbers.length).set(numbers)
  const at = (n: number) => columnsAt + n * COLUMN_BYTES
  new Uint32Array(buffer, sourcesAt, sourceCount).set(Array.from({ length: sourceCount }, (_, n) => at(n)))
  module.start?.(spec.op, stateAt, numbersAt)
  const columns = Array.from({ length: sourceCount + outputCount }, (_, n) => new Float64Array(buffer, at(n), BLOCK))
  // A value read before it was written, or past the end of the state, must not look like a number of the last run.
  for (const values of columns) values.fill(-12345)
  return {
    sourcesAt,
    destinationAt,
    stateAt,
    sources: columns.slice(0, sourceCount),
    destinations: columns.slice(sourceCount),
  }
}

function grow(memory: WebAssembly.Memory, end: number) {
  const missing = end - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / 65536))
}
