import { newCodeInstance } from "../code/code-instance.ts"
import { sha256Hex } from "../../candles/sha256.ts"

/** What the engine's binary exports; addresses are bytes in its memory (assembly/index.ts). */
export type EngineExports = {
  memory: WebAssembly.Memory
  allocate(bytes: number): number
  mark(): number
  release(place: number): void
  begin(marketCount: number, settings: number, marketSettings: number): void
  setMarket(market: number, program: number, columns: number, candleCount: number, baseMs: number): void
  start(): void
  advance(mostCandles: number, untilMs: number): number
  computeSeries(registers: number, count: number, room: number, untilMs: number): number
  computedRows(): number
  finish(): void
  equity(): number
  records(kind: number): number
  recordCount(kind: number): number
  emptyRecords(): void
  stateAddress(): number
  stateBytes(): number
  bookValue(market: number, field: number): number
  seek(market: number, cursor: number): void
  cursor(market: number): number
  registerAddress(market: number, register: number): number
  strategyCount(market: number): number
  strategyTimes(market: number): number
  startSweep(
    conditions: number,
    shared: number,
    places: number,
    carries: number,
    coarseGroups: number,
    coarseCount: number,
    combinations: number,
    count: number,
    settings: number,
    programs: number,
    latches: number,
  ): number
  advanceSweep(mostBlocks: number, untilMs: number): number
  finishSweep(): void
  /** The host has moved a market's candles: so many are in its columns, `done` of them finished (live). */
  showCandles(market: number, done: number, count: number): void
  fillOrder(
    market: number,
    id: number,
    side: number,
    quantity: number,
    price: number,
    fee: number,
    coinFee: number,
    timeMs: number,
  ): number
  adoptFill(
    market: number,
    side: number,
    quantity: number,
    price: number,
    fee: number,
    coinFee: number,
    timeMs: number,
  ): number
  endOrder(market: number, id: number, end: number, timeMs: number): void
  setAccount(cash: number, dayStartEquity: number, isHalted: boolean): void
  setMarketRules(market: number, minNotional: number, quantityStep: number, priceTick: number): void
  sweptSamples(): number
  sweptFromMs(): number
  sweptToMs(): number
  /** How often a path of path-mark.ts ran; always 0 in the shipped engine. */
  visited(path: number): number
}

/**
 * The engine's binary, compiled and identified by its hash. `code`: the source of the strategy compiled into it, and
 * the only one it runs.
 */
export type Engine = { module: WebAssembly.Module; sha256: string; code?: string }

/**
 * Compiles the engine's binary. Throws `EngineUnavailable` where the platform has no WebAssembly or the bytes are not
 * an engine.
 */
export async function loadEngine(bytes: BufferSource): Promise<Engine> {
  if (typeof WebAssembly !== "object") {
    throw new EngineUnavailable(
      "This browser cannot run WebAssembly, which the engine is made of. Nothing was lost; open Candlewright in a current browser.",
    )
  }
  const [module, sha256] = await Promise.all([compile(bytes), sha256Hex(bytes)])
  return { module, sha256 }
}

/** The engine cannot run here; the message says what to do. */
export class EngineUnavailable extends Error {
  override name = "EngineUnavailable"
}

async function compile(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes)
  } catch (cause) {
    throw new EngineUnavailable(
      "The engine's file is damaged or was blocked. Nothing was lost; reload the page, or build again with `npm run build`.",
      { cause },
    )
  }
}

/** A fresh instance with its own memory. */
export function newInstance(engine: Engine): EngineExports {
  if (engine.code !== undefined) return newCodeInstance(engine)
  const { exports } = new WebAssembly.Instance(engine.module, { env: { abort: onAbort } })
  return exports as unknown as EngineExports
}

function onAbort(): never {
  throw new Error(
    "The engine stopped because one of its own rules was broken. Nothing was lost; please report the strategy and the market.",
  )
}

/** Copies bytes into the instance; returns their address. */
export function put(instance: EngineExports, bytes: Uint8Array): number {
  const address = instance.allocate(bytes.byteLength)
  new Uint8Array(instance.memory.buffer, address, bytes.byteLength).set(bytes)
  return address
}

/**
 * Copies a column into the instance, with room for more behind it; returns its address. One spare value follows: the
 * engine reads in pairs.
 */
export function putColumn(instance: EngineExports, column: Float64Array, room = 0): number {
  const address = instance.allocate((column.length + room + 1) * 8)
  new Float64Array(instance.memory.buffer, address, column.length).set(column)
  return address
}

/** A view of `count` values at an address; valid until the instance's memory grows. */
export function view(instance: EngineExports, address: number, count: number): Float64Array {
  return new Float64Array(instance.memory.buffer, address, count)
}

/** The bytes of numbers as they lie in memory, for `put`. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
