import { WasmReader } from "./wasm-reader.ts"
import { WasmWriter } from "./wasm-writer.ts"

/** Sections of a module by their number in the binary format. */
export const sectionIds = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const

export type WasmSection = { id: number; bytes: Uint8Array }

const HEADER = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)

/** The sections of a module. */
export function sectionsOf(module: Uint8Array): WasmSection[] {
  const reader = new WasmReader(module, HEADER.length)
  const sections: WasmSection[] = []
  while (!reader.isDone) sections.push({ id: reader.byte(), bytes: reader.take(reader.unsigned()) })
  return sections
}

/** A module of these sections. */
export function moduleOf(sections: readonly WasmSection[]): Uint8Array<ArrayBuffer> {
  const writer = new WasmWriter().raw(HEADER)
  for (const { id, bytes } of sections) writer.byte(id).sized(bytes)
  return writer.taken()
}

export type WasmImport = { module: string; name: string; kind: number }

/** A module's imports. Reads only functions in full; a module that imports anything else is refused anyway. */
export function importsOf(sections: readonly WasmSection[]): WasmImport[] {
  const reader = readerOf(sections, sectionIds.import)
  const imports: WasmImport[] = []
  for (let left = reader?.unsigned() ?? 0; left > 0; left--) {
    const one = { module: reader!.name(), name: reader!.name(), kind: reader!.byte() }
    imports.push(one)
    if (one.kind !== FUNCTION) break
    reader!.skipNumber()
  }
  return imports
}

export const FUNCTION = 0
export const GLOBAL = 3

export type WasmExport = { name: string; kind: number; index: number }

export function exportsOf(sections: readonly WasmSection[]): WasmExport[] {
  const reader = readerOf(sections, sectionIds.export)
  return Array.from({ length: reader?.unsigned() ?? 0 }, () => ({
    name: reader!.name(),
    kind: reader!.byte(),
    index: reader!.unsigned(),
  }))
}

/** Types and mutability of the module's own globals. */
export function globalsOf(sections: readonly WasmSection[]): { type: number; isMutable: boolean }[] {
  const reader = readerOf(sections, sectionIds.global)
  return Array.from({ length: reader?.unsigned() ?? 0 }, () => {
    const global = { type: reader!.byte(), isMutable: reader!.byte() === 1 }
    skipInitialValue(reader!)
    return global
  })
}

const END = 0x0b
const I32_CONST = 0x41
const I64_CONST = 0x42
const F32_CONST = 0x43
const F64_CONST = 0x44
const GLOBAL_GET = 0x23

function skipInitialValue(reader: WasmReader): void {
  for (let opcode = reader.byte(); opcode !== END; opcode = reader.byte()) {
    if (opcode === F32_CONST) reader.take(4)
    else if (opcode === F64_CONST) reader.take(8)
    else if (opcode === 0xfd) reader.take(17)
    else if (opcode === I32_CONST || opcode === I64_CONST || opcode === GLOBAL_GET) reader.skipNumber()
    else throw new Error(`a global begins in a way that is not known here (${opcode})`)
  }
}

/** Whether every memory declares its maximum. */
export function hasMemoryMaximum(sections: readonly WasmSection[]): boolean {
  const reader = readerOf(sections, sectionIds.memory)
  if (!reader) return false
  for (let left = reader.unsigned(); left > 0; left--) {
    const hasMaximum = (reader.byte() & 1) === 1
    reader.skipNumbers(hasMaximum ? 2 : 1)
    if (!hasMaximum) return false
  }
  return true
}

function readerOf(sections: readonly WasmSection[], id: number): WasmReader | undefined {
  const section = sections.find((one) => one.id === id)
  return section && new WasmReader(section.bytes)
}
