import { timeframeOf } from "#engine/candles"
import { BackgroundWorker } from "../worker/background-worker.ts"
import type { SavedMarket } from "../db/market-catalogue.ts"
import type { ExportApi, ExportKind } from "./export-worker.ts"
import address from "./export-worker.ts?worker&url"

/** Hands a market's candles to the person as a file. Throws when they cannot be read. */
export async function saveMarketAsFile(market: SavedMarket, kind: ExportKind): Promise<void> {
  const name = exportName(market)
  const worker = new BackgroundWorker<ExportApi>(address)
  try {
    const blob = await worker.call(async (remote) => await remote.exportMarket(market.id, kind, name))
    handOver(blob, `${name}.${kind}`)
  } finally {
    worker.stop()
  }
}

/** "BTCUSDT-1h": a name that identifies the market when the file is imported again. */
export function exportName({ name, timeframeMs }: Pick<SavedMarket, "name" | "timeframeMs">): string {
  const plain =
    name
      .replaceAll("/", "")
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "candles"
  return `${plain}-${timeframeOf(timeframeMs) ?? `${timeframeMs}ms`}`
}

function handOver(blob: Blob, fileName: string) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = fileName
  link.click()
  URL.revokeObjectURL(link.href)
}
