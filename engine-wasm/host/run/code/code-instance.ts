import type { Engine, EngineExports } from "../engine/engine.ts"
import { CodeStopped, type HeardOfCode } from "./code-stopped.ts"

/** What a module with a strategy in code exports beyond the engine's own (assembly/code/module.ts). */
export type CodeExports = EngineExports & {
  _start(): void
  /** Work units left before the code is stopped. */
  fuel: WebAssembly.Global<"i64">
  setParams(count: number, names: number, values: number): void
  setColumns(count: number, names: number): void
  setPrices(scale: number, leastScale: number, firstPrice: number): void
  candleAtWork(): number
  marketAtWork(): number
  /** Which call of a market's last candle was given a number that is none, and that number (assembly/code/order.ts). */
  unsoundCallOf(market: number): number
  unsoundValueOf(market: number): number
  setShown(market: number, address: number, mostRows: number): void
  shownRows(): number
  emptyShown(): void
  shownNames(): number
  shownAmongPrices(n: number): number
  shownNameAddress(n: number): number
  shownNameLength(n: number): number
  lineCount(): number
  lineAddress(n: number): number
  lineLength(n: number): number
  tagCount(): number
  tagAddress(n: number): number
  tagLength(n: number): number
}

const PAGE = 65_536
/** The strategy's own heap, from address 0: the memory its module begins with. */
export const HEAP_BYTES = 8 * 2 ** 20
/** A run is laid out after the heap, at the same addresses whatever the candles; the candles follow it. */
const RUN_BYTES = 64 * 2 ** 20
/** AssemblyScript's number of the class String, which precedes each text. */
const TEXT_CLASS = 2
const PLENTY = 2n ** 63n - 1n

/** A fresh instance of a module with a strategy in code. We grow its memory; the code itself cannot. */
export function newCodeInstance({ module, code }: Engine): CodeExports {
  const heard: HeardOfCode = { source: code }
  const instance = new WebAssembly.Instance(module, {
    env: { abort: (message: number) => stop(exports, heard, message) },
  })
  const exports = instance.exports as unknown as CodeExports
  return guardedExports(exports, heard)
}

function stop(exports: CodeExports, heard: HeardOfCode, message: number): never {
  const memory = new DataView(exports.memory.buffer)
  const isText = message !== 0 && memory.getUint32(message - 8, true) === TEXT_CLASS
  // The collector's full stack is the one stop without a text in memory.
  if (message !== 0 && !isText) throw new RangeError("the stack is full")
  heard.message = isText
    ? textAt(exports, message, memory.getUint32(message - 4, true) / 2)
    : "something it asserts is not so"
  throw new Error("stopped by the strategy's own code")
}

/**
 * The same exports, where those that run the user's code report in a sentence why it stopped, and those that need
 * memory get it.
 */
function guardedExports(exports: CodeExports, heard: HeardOfCode): CodeExports {
  let candlesEnd = HEAP_BYTES + RUN_BYTES
  let hasBegun = false
  // Code outside of any class runs now. If it fails, `start` reports it: nobody listens here.
  let failed: unknown
  try {
    CodeStopped.explain(exports, heard, () => exports._start())
  } catch (stopped) {
    failed = stopped
  }
  exports.fuel.value = PLENTY
  return {
    ...exports,
    allocate(bytes) {
      if (hasBegun) return exports.allocate(bytes)
      const address = candlesEnd
      candlesEnd += Math.ceil(bytes / 16) * 16
      growTo(exports, candlesEnd)
      return address
    },
    // The session's candles are loaded; the run comes next.
    release(place) {
      hasBegun = true
      growTo(exports, candlesEnd)
      exports.release(place)
    },
    start() {
      if (failed !== undefined) throw failed
      CodeStopped.explain(exports, heard, () => exports.start())
    },
    advance: (mostCandles, untilMs) => CodeStopped.explain(exports, heard, () => exports.advance(mostCandles, untilMs)),
  }
}

function growTo({ memory }: CodeExports, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE)
  if (missing > 0) memory.grow(missing)
}

/** UTF-16 text at an address. */
export function textAt({ memory }: Pick<CodeExports, "memory">, address: number, length: number): string {
  return new TextDecoder("utf-16le").decode(new Uint8Array(memory.buffer, address, length * 2))
}
