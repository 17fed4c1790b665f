import { joinBytes } from "../../candles/candle-bytes.ts"
import { HEAP_BYTES, type CodeExports } from "./code-instance.ts"

const PIECE = 4096

/**
 * Everything a strategy in code must remember: the ledger's state, every global that changes, and the used pieces of
 * its heap. Addresses are the same in every run of the same strategy, however many candles it has.
 */
export function codeState(instance: CodeExports): Uint8Array {
  const ledger = ledgerOf(instance)
  const globals = globalsOf(instance)
  const pieces = usedPieces(heapOf(instance))
  const words = Uint32Array.of(ledger.length, globals.length, pieces.length, 0)
  return joinBytes([
    new Uint8Array(words.buffer),
    ledger,
    ...globals.map(bytesOfGlobal),
    ...pieces.flatMap(({ at, bytes }) => [new Uint8Array(Uint32Array.of(at, 0).buffer), bytes]),
  ])
}

/** Restores a state; false when it does not fit this module. */
export function restoreCodeState(instance: CodeExports, state: Uint8Array): boolean {
  const ledger = ledgerOf(instance)
  const globals = globalsOf(instance)
  const view = new DataView(state.buffer, state.byteOffset, state.byteLength)
  if (state.length < HEADER) return false
  const [ledgerBytes, globalCount, pieceCount] = [0, 4, 8].map((at) => view.getUint32(at, true))
  if (
    ledgerBytes !== ledger.length ||
    globalCount !== globals.length ||
    state.length !== HEADER + ledgerBytes + globalCount * 8 + pieceCount * (PIECE + 8)
  )
    return false
  ledger.set(state.subarray(HEADER, HEADER + ledgerBytes))
  const globalsAt = HEADER + ledgerBytes
  globals.forEach((global, n) => setGlobal(global, view, globalsAt + n * 8))
  const heap = heapOf(instance).fill(0)
  for (let n = 0, at = globalsAt + globalCount * 8; n < pieceCount; n++, at += PIECE + 8)
    heap.set(state.subarray(at + 8, at + 8 + PIECE), view.getUint32(at, true))
  return true
}

const HEADER = 16

function ledgerOf(instance: CodeExports): Uint8Array {
  return new Uint8Array(instance.memory.buffer, instance.stateAddress(), instance.stateBytes())
}

function heapOf({ memory }: CodeExports): Uint8Array {
  return new Uint8Array(memory.buffer, 0, HEAP_BYTES)
}

function usedPieces(heap: Uint8Array): { at: number; bytes: Uint8Array }[] {
  const starts = Array.from({ length: heap.length / PIECE }, (_, n) => n * PIECE)
  return starts
    .map((at) => ({ at, bytes: heap.subarray(at, at + PIECE) }))
    .filter(({ bytes }) => bytes.some((byte) => byte !== 0))
}

type Global = WebAssembly.Global<"i32" | "i64" | "f32" | "f64">

/** Every global that changes, by the names from the meter. */
function globalsOf(instance: CodeExports): Global[] {
  const names = Object.keys(instance).filter((name) => name.startsWith("global:"))
  return names.map((name) => (instance as unknown as Record<string, Global>)[name])
}

function bytesOfGlobal({ value }: Global): Uint8Array {
  return new Uint8Array(typeof value === "bigint" ? BigInt64Array.of(value).buffer : Float64Array.of(value).buffer)
}

function setGlobal(global: Global, view: DataView, at: number): void {
  global.value = typeof global.value === "bigint" ? view.getBigInt64(at, true) : view.getFloat64(at, true)
}
