import type { WrittenStrategy } from "#engine/strategy"
import type { BotView } from "../../bot-view.ts"
import { minuteStrategy } from "../minute-strategy.ts"
import type { ExchangeProgram, OwnKey } from "./exchange-program.ts"
import { kill9Venues } from "./kill9-venue.ts"
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
const bots: [base: string, protect: WrittenStrategy["protect"]][] = [
  ["BTC", fixed],
  ["ETH", fixed],
  ["SOL", trailing],
]

/** What each bot has. */
const CASH = "1000"

type Place = { relay: RelayProgram; exchange: Pick<ExchangeProgram, "venue">; own: OwnKey }

/** One live account with bots that cross averages minute by minute; the last one's stop follows the price. */
export async function deployBots({ relay, exchange: { venue }, own: { apiKey, secret } }: Place): Promise<string[]> {
  const wanted = { name: "kill9", venue, mode: "live", key: { apiKey, secret }, risk }
  const { id: accountId } = (await relay.ask("/accounts", wanted)) as { id: string }
  const ids: string[] = []
  for (const [base, protect] of bots) {
    const market = `${base}/${kill9Venues[venue].quote}`
    const strategy = crossing(market, protect)
    const confirm = { amountAtRisk: CASH }
    const bot = { accountId, strategy, markets: [market], cash: CASH, name: market, confirm }
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
