import { candleCsv } from "#engine/candles"
import { expose } from "comlink"
import { loadCandles } from "../db/load-candles.ts"
import { findMarket } from "../db/market-catalogue.ts"
import { MarketGone } from "../db/candle-store.ts"

export type ExportKind = "csv" | "csv.gz" | "zip"

export type ExportApi = {
  /**
   * All candles of a market as a file of the plain form; reading it again gives the same bits. Throws when they are
   * missing.
   */
  exportMarket(marketId: string, kind: ExportKind, fileName: string): Promise<Blob>
}

const api: ExportApi = { exportMarket }
expose(api)

async function exportMarket(marketId: string, kind: ExportKind, fileName: string): Promise<Blob> {
  const market = await findMarket(marketId)
  if (!market) throw new MarketGone()
  const text = new Blob([...candleCsv(await loadCandles(market))], { type: "text/csv" })
  if (kind === "csv") return text
  if (kind === "csv.gz") return new Response(text.stream().pipeThrough(new CompressionStream("gzip"))).blob()
  const { zipSync } = await import("fflate")
  const zipped = zipSync({ [`${fileName}.csv`]: new Uint8Array(await text.arrayBuffer()) })
  return new Blob([zipped as Uint8Array<ArrayBuffer>], { type: "application/zip" })
}
