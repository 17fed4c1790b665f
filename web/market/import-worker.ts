import { expose } from "comlink"
import { type Candles, type CandleFileOptions, readCandleFile } from "#engine"
import { type NewMarket, saveMarket } from "../db/candle-store.ts"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { marketNameFromFile } from "./market-name.ts"

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
  return { ok: true, market: await saveMarket(marketOf(file, read.candles, read.notes), read.candles) }
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

function marketOf(file: File, { timeframeMs }: Candles, notes: string[]): NewMarket {
  return { name: marketNameFromFile(file.name), timeframeMs, origin: "file", source: file.name, notes }
}
