import { isCandleTimeframe, type Candles, type CandleTimeframe, quoted } from "#engine/candles"
import type { SeriesName } from "../../store/candle-store.ts"
import { withCandleStore } from "./candles-store.ts"
import { HonestNo, WrongUsage } from "../command.ts"

const form = /^kept:([^:]+):([^:]+):([^:]+)$/

/**
 * Which kept candles `kept:binance:BTC/USDT:1h` names, in place of a file; undefined when the text is a file's name.
 */
export function keptName(text: string): SeriesName | undefined {
  if (!text.startsWith("kept:")) return undefined
  const [, venue, market, timeframe] = form.exec(text) ?? []
  if (timeframe === undefined || !isCandleTimeframe(timeframe))
    throw new WrongUsage(`kept candles are named like kept:binance:BTC/USDT:1h, not ${quoted(text)}`)
  return { venue, market, timeframe: timeframe satisfies CandleTimeframe }
}

/** Kept candles; throws `HonestNo` when there are none. */
export async function openKept(name: SeriesName): Promise<Candles> {
  const { venue, market, timeframe } = name
  const candles = await withCandleStore(undefined, (store) => store.read(name))
  if (candles === undefined)
    throw new HonestNo(
      `No ${timeframe} candles of ${market} from ${venue} are kept; \`candlewright candles list\` shows which are.`,
    )
  return candles
}
