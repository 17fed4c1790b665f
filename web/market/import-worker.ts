import { expose } from "comlink"
import { type Candles, type CandleFileOptions, holesOf, readCandleFile, timeframeOf } from "#engine"
import { database } from "../db/database.ts"
import { type SavedMarket, saveMarket } from "../db/market-catalogue.ts"
import { marketId, marketNameFromFile } from "./market-name.ts"

export type Imported = { ok: true; market: SavedMarket } | { ok: false; because: string }

export type ImportApi = {
  /** Reads the file and keeps its candles: all of them, or none and the reason. Throws only when the browser's storage does. */
  importFile(file: File, onProgress: (doneBytes: number) => void): Promise<Imported>
}

const api: ImportApi = { importFile }
expose(api)

/** More often than this nobody can see. */
const PROGRESS_MS = 50

async function importFile(file: File, onProgress: (doneBytes: number) => void): Promise<Imported> {
  const read = await readCandleFile(file.stream(), { onProgress: now(onProgress), ...timeframeSaid(file.name) })
  if (!read.ok) return { ok: false, because: read.because }
  return { ok: true, market: await saveMarket(await catalogued(file, read.candles, read.notes), read.candles) }
}

/** Passes progress on, but not more often than can be seen. */
function now(onProgress: (doneBytes: number) => void): (doneBytes: number) => void {
  let toldMs = 0
  return (doneBytes) => {
    if (performance.now() - toldMs < PROGRESS_MS) return
    toldMs = performance.now()
    onProgress(doneBytes)
  }
}

/** A file of one candle has no distances to tell its timeframe by; its name may. */
function timeframeSaid(fileName: string): Pick<CandleFileOptions, "timeframe"> {
  const said = /[-_.](1m|3m|5m|15m|30m|1h|2h|4h|6h|8h|12h|1d|1w)[-_.]/i.exec(fileName)?.[1].toLowerCase()
  return said === undefined ? {} : { timeframe: said as CandleFileOptions["timeframe"] }
}

async function catalogued(file: File, candles: Candles, notes: string[]): Promise<SavedMarket> {
  const name = marketNameFromFile(file.name)
  const holes = holesOf(candles)
  const count = candles.openTimeMs.length
  const extraNames = Object.keys(candles.extra)
  return {
    id: marketId(name, timeframeOf(candles.timeframeMs) ?? `${candles.timeframeMs}ms`, new Set(await database.markets.toCollection().primaryKeys())),
    name,
    timeframeMs: candles.timeframeMs,
    priceDecimals: candles.priceDecimals,
    candleCount: count,
    fromMs: candles.openTimeMs[0],
    toMs: candles.openTimeMs[count - 1],
    gapCount: holes.length,
    missingCandles: holes.reduce((sum, hole) => sum + hole.missing, 0),
    extraNames,
    source: file.name,
    storedBytes: count * 8 * (6 + extraNames.length),
    importedAtMs: Date.now(),
    notes,
  }
}
