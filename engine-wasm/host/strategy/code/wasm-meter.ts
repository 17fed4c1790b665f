import { callOpcodes, loopOpcode, memoryGrowOpcode, skipInstruction } from "./wasm-instruction.ts"
import { WasmReader } from "./wasm-reader.ts"
import {
  exportsOf,
  FUNCTION,
  GLOBAL,
  globalsOf,
  hasMemoryMaximum,
  importsOf,
  moduleOf,
  sectionIds,
  sectionsOf,
  type WasmSection,
} from "./wasm-section.ts"
import { WasmWriter } from "./wasm-writer.ts"

/** A module our compiler did not make; we do not run it. */
export class ModuleRefused extends Error {
  override name = "ModuleRefused"
}

/** Name of the exported counter of remaining work. */
const FUEL = "fuel"
const I64 = 0x7e

/**
 * Checks a compiled strategy and makes it safe to run: it imports nothing but `env.abort`, runs nothing by itself,
 * has a bounded memory that it cannot grow, counts its work at the head of every loop and of every function that
 * calls others (`fuel`; below 0 it traps), and exports every other mutable global as `global:N` for snapshots: each
 * candle begins with the same fuel, and each question of the host takes some, so it is no state. Throws `ModuleRefused`.
 */
export function meteredModule(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = sectionsOf(module)
  refuseForeign(sections)
  const fuel = exportsOf(sections).find(({ name, kind }) => name === FUEL && kind === GLOBAL)
  if (!fuel || globalsOf(sections)[fuel.index]?.type !== I64) throw new ModuleRefused("the module has no fuel to count")
  return moduleOf(
    sections.map((section) => changed(section, sections, fuel.index)).filter(({ id }) => id !== sectionIds.custom),
  )
}

function refuseForeign(sections: WasmSection[]): void {
  const foreign = importsOf(sections).find(
    ({ module, name, kind }) => module !== "env" || name !== "abort" || kind !== FUNCTION,
  )
  if (foreign)
    throw new ModuleRefused(`the code asks for \`${foreign.module}.${foreign.name}\`, which no strategy may use`)
  if (sections.some(({ id }) => id === sectionIds.start)) throw new ModuleRefused("the module would run by itself")
  if (!hasMemoryMaximum(sections)) throw new ModuleRefused("the module's memory has no end")
}

function changed(section: WasmSection, sections: WasmSection[], fuel: number): WasmSection {
  if (section.id === sectionIds.export) return { id: section.id, bytes: withGlobals(sections, fuel) }
  return section.id === sectionIds.code ? { id: section.id, bytes: meteredCode(section.bytes, fuel) } : section
}

function withGlobals(sections: WasmSection[], fuel: number): Uint8Array {
  const own = exportsOf(sections)
  const globals = globalsOf(sections).flatMap(({ isMutable }, index) =>
    isMutable && index !== fuel ? [{ name: `global:${index}`, kind: GLOBAL, index }] : [],
  )
  const all = [...own, ...globals]
  const writer = new WasmWriter().unsigned(all.length)
  for (const { name, kind, index } of all) writer.name(name).byte(kind).unsigned(index)
  return writer.taken()
}

function meteredCode(code: Uint8Array, fuel: number): Uint8Array {
  const reader = new WasmReader(code)
  const writer = new WasmWriter()
  const toll = tollOf(fuel)
  const count = reader.unsigned()
  writer.unsigned(count)
  for (let n = 0; n < count; n++) writer.sized(meteredBody(reader.take(reader.unsigned()), toll))
  return writer.taken()
}

/**
 * A function's locals, its instructions with the toll at every loop's head, and the toll before them all where it
 * calls another: endless work needs a loop, or calls that call again; a function without either ends soon and counts
 * as part of its caller.
 */
function meteredBody(body: Uint8Array, toll: Uint8Array): Uint8Array {
  const reader = new WasmReader(body)
  for (let groups = reader.unsigned(); groups > 0; groups--) reader.skipNumbers(2)
  const locals = body.subarray(0, reader.at)
  const instructions = new WasmWriter()
  let calls = false
  while (!reader.isDone) {
    const at = reader.at
    const opcode = skipInstruction(reader)
    calls ||= callOpcodes.has(opcode)
    instructions.raw(opcode === memoryGrowOpcode ? neverGrows : body.subarray(at, reader.at))
    if (opcode === loopOpcode) instructions.raw(toll)
  }
  const writer = new WasmWriter().raw(locals)
  return (calls ? writer.raw(toll) : writer).raw(instructions.taken()).taken()
}

/**
 * In place of memory.grow: drop the request, return -1 (refused). The host grows the memory; the strategy's own heap
 * keeps its size.
 */
const neverGrows = Uint8Array.of(0x1a, 0x41, 0x7f)

/** fuel -= 1; if (fuel < 0) trap. */
function tollOf(fuel: number): Uint8Array {
  const get = new WasmWriter().byte(0x23).unsigned(fuel).taken()
  const set = new WasmWriter().byte(0x24).unsigned(fuel).taken()
  return new WasmWriter()
    .raw(get)
    .byte(0x42, 1, 0x7d)
    .raw(set)
    .raw(get)
    .byte(0x42, 0, 0x53, 0x04, 0x40, 0x00, 0x0b)
    .taken()
}
