import type { Page } from "@playwright/test"
import { everythingIn } from "./browser-database.ts"

/** A candle as exchanges send it: open time in UTC ms, open, high, low, close, volume. */
export type Row = [number, number, number, number, number, number]

/** Every candle of the only downloaded market, from the browser's database, oldest first. */
export async function storedCandles(page: Page): Promise<Row[]> {
  const chunks = await everythingIn<{ count: number; firstMs: number; regular: boolean; values: number[] }>(
    page,
    "chunks",
  )
  return chunks.flatMap(({ count, firstMs, regular, values }) => {
    const columns = Array.from({ length: values.length / count }, (_, at) => values.slice(at * count, (at + 1) * count))
    const timesMs = regular ? Array.from({ length: count }, (_, at) => firstMs + at * 60_000) : columns.shift()!
    return timesMs.map((openTimeMs, at) => [openTimeMs, ...columns.map((column) => column[at])] as Row)
  })
}

/** One-minute candles straight from an exchange that speaks Binance's protocol, a page after the other. */
export async function exchangeCandles(
  rest: string,
  { symbol, fromMs, toMs }: { symbol: string; fromMs: number; toMs: number },
): Promise<Row[]> {
  const rows: Row[] = []
  for (let nextMs = fromMs; nextMs < toMs; nextMs = rows.at(-1)![0] + 60_000) {
    const answer = await fetch(
      `${rest}/klines?symbol=${symbol}&interval=1m&limit=1000&startTime=${nextMs}&endTime=${toMs - 1}`,
    )
    const page = (await answer.json()) as (number | string)[][]
    if (page.length === 0) break
    rows.push(...page.map((row) => row.slice(0, 6).map(Number) as Row))
  }
  return rows
}

/**
 * Where two series of candles differ, in a few words for each of the first places; empty when they are the same to
 * the last bit.
 */
export function differences(kept: Row[], fetched: Row[]): string[] {
  const keptAt = new Map(kept.map((row) => [row[0], row]))
  const exchangeAt = new Map(fetched.map((row) => [row[0], row]))
  const timesMs = [...new Set([...keptAt.keys(), ...exchangeAt.keys()])].toSorted((a, b) => a - b)
  const unequal = timesMs.filter((timeMs) => String(keptAt.get(timeMs)) !== String(exchangeAt.get(timeMs)))
  const order = kept.some((row, at) => at > 0 && row[0] <= kept[at - 1][0]) ? ["kept out of order or twice"] : []
  return [
    ...order,
    ...unequal
      .slice(0, 5)
      .map(
        (timeMs) =>
          `${new Date(timeMs).toISOString()}: kept ${String(keptAt.get(timeMs))}, the exchange has ${String(exchangeAt.get(timeMs))} (${unequal.length} in all)`,
      ),
  ]
}
