import type { WrittenStrategy } from "#engine/strategy"
import type { BotView } from "../../bot-view.ts"
import { minuteStrategy } from "../minute-strategy.ts"
import type { OwnKey } from "./exchange-program.ts"
import type { RelayProgram } from "./relay-program.ts"

const risk = {
  riskPercent: 1,
  maxPositions: 3,
  maxSharePercent: 33,
  maxCorrelation: 1,
  dailyLossPercent: 90,
  maxDrawdownPercent: 90,
  maxOrdersPerMinute: 1_000,
}

const fixed: WrittenStrategy["protect"] = { stopLoss: { kind: "percent", percent: 1 } }
const trailing: WrittenStrategy["protect"] = { ...fixed, trailing: { percent: 0.3 } }
const bots: [market: string, protect: WrittenStrategy["protect"]][] = [
  ["BTC/USDT", fixed],
  ["ETH/USDT", fixed],
  ["SOL/USDT", trailing],
]

/** One account with bots that cross averages minute by minute; the last one's stop follows the price. */
export async function deployBots(relay: RelayProgram, { apiKey, secret }: OwnKey): Promise<string[]> {
  const wanted = { name: "kill9", venue: "binance", mode: "testnet", key: { apiKey, secret }, risk }
  const { id: accountId } = (await relay.ask("/accounts", wanted)) as { id: string }
  const ids: string[] = []
  for (const [market, protect] of bots) {
    const strategy = crossing(market, protect)
    const bot = { accountId, strategy, markets: [market], cash: "1000", name: market }
    ids.push(((await relay.ask("/bots", bot)) as BotView).id)
  }
  return ids
}

function crossing(market: string, protect: WrittenStrategy["protect"]) {
  return minuteStrategy({
    markets: [market],
    series: { fast: "sma(close, 2)", slow: "sma(close, 5)" },
    long: { enter: { all: ["crossover(fast, slow)"] }, exit: { any: ["crossunder(fast, slow)"] } },
    protect,
  })
}
