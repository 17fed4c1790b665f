import { sliceCandles } from "#engine/candles"
import type { MarketCandles } from "#engine/run"
import { marketFor } from "./backtest.ts"
import { candleChoice, openCandles } from "./candles/candle-input.ts"
import { WrongUsage } from "./command.ts"

/**
 * The candles of each `--candles MARKET=FILE`, as far as a test goes. `named`: the names for candles given without one.
 */
export async function openMarkets(
  texts: readonly string[] | undefined,
  { named, toMs }: { named: readonly string[]; toMs?: number },
): Promise<MarketCandles[]> {
  const choices = (texts ?? []).map(candleChoice)
  if (choices.length === 0) throw new WrongUsage("--candles is needed, such as --candles BTC/USDT=btc-1h.csv.gz")
  const markets: MarketCandles[] = []
  for (const { market, file } of choices)
    markets.push({
      market: market ?? marketFor(named, choices.length),
      candles: sliceCandles(await openCandles(file, { market }), { toMs }),
    })
  return markets
}
