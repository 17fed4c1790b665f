import type { WasmReader } from "./wasm-reader.ts"

const LOOP = 0x03

/** The opcode of a loop: where metering counts a round. */
export const loopOpcode = LOOP
export const memoryGrowOpcode = 0x40
/** Calls of a function by number or through a table, also in place of a return. */
export const callOpcodes: ReadonlySet<number> = new Set([0x10, 0x11, 0x12, 0x13])

/**
 * Steps over one instruction and returns its opcode (WebAssembly core specification 5.4). Throws for unknown opcodes:
 * what it cannot read it cannot meter.
 */
export function skipInstruction(reader: WasmReader): number {
  const opcode = reader.byte()
  if (opcode >= 0x45 && opcode <= 0xc4) return opcode
  if (opcode >= 0x28 && opcode <= 0x3e) reader.skipNumbers(2)
  else if (opcode === 0xfc) skipMisc(reader)
  else if (opcode === 0xfd) skipVector(reader)
  else skipPlain(opcode, reader)
  return opcode
}

/** How many LEB128 numbers follow each of the opcodes with no other operands. */
const numbersAfter: Record<number, number> = {
  0x00: 0,
  0x01: 0,
  0x02: 1,
  0x03: 1,
  0x04: 1,
  0x05: 0,
  0x0b: 0,
  0x0c: 1,
  0x0d: 1,
  0x0f: 0,
  0x10: 1,
  0x11: 2,
  0x12: 1,
  0x13: 2,
  0x1a: 0,
  0x1b: 0,
  0x20: 1,
  0x21: 1,
  0x22: 1,
  0x23: 1,
  0x24: 1,
  0x25: 1,
  0x26: 1,
  0x3f: 1,
  0x40: 1,
  0x41: 1,
  0x42: 1,
  0xd0: 1,
  0xd1: 0,
  0xd2: 1,
}

function skipPlain(opcode: number, reader: WasmReader): void {
  if (opcode === 0x0e) reader.skipNumbers(reader.unsigned() + 1)
  else if (opcode === 0x1c) reader.skipNumbers(reader.unsigned())
  else if (opcode === 0x43) reader.take(4)
  else if (opcode === 0x44) reader.take(8)
  else if (opcode in numbersAfter) reader.skipNumbers(numbersAfter[opcode])
  else throw new Error(`an instruction that is not known here (${opcode})`)
}

/** Saturating conversions have no more operands; bulk memory and tables have one number or two. */
function skipMisc(reader: WasmReader): void {
  const opcode = reader.unsigned()
  if (opcode <= 7) return
  if (opcode > 17) throw new Error(`an instruction that is not known here (0xfc ${opcode})`)
  reader.skipNumbers([8, 10, 12, 14].includes(opcode) ? 2 : 1)
}

function skipVector(reader: WasmReader): void {
  const opcode = reader.unsigned()
  if (opcode === 12 || opcode === 13) reader.take(16)
  else if (opcode <= 11 || opcode === 92 || opcode === 93) reader.skipNumbers(2)
  else if (opcode >= 84 && opcode <= 91) {
    reader.skipNumbers(2)
    reader.byte()
  } else if (opcode >= 21 && opcode <= 34) reader.byte()
  else if (opcode > 255) throw new Error(`an instruction that is not known here (0xfd ${opcode})`)
}
