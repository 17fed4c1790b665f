import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { timeframesMs } from "#engine/candles"
import type { StrategyDocument } from "#engine/strategy"
import { usualRisk, type RiskSettings } from "../../accounts/risk.ts"
import { venueInside } from "../../exchange/ccxt/testing/venue-inside.ts"
import { formatDecimal } from "../../exchange/simulated/decimal.ts"
import type { OpenOptions } from "../../exchange/simulated/opened-exchange.ts"
import { LastLook } from "../../guard/last-look.ts"
import type { BotRecord } from "../../ledger/bot-record.ts"
import { Ledger } from "../../ledger/ledger.ts"
import { openRelayStore } from "../../store/relay-store.ts"
import { builtEngine } from "../../built-engine.ts"
import { AccountDesk } from "../account-desk.ts"
import { BotFigures } from "../bot-figures.ts"
import type { BotFeed } from "../bot-parts.ts"
import { BotRunner } from "../bot-runner.ts"
import type { CandleRow } from "../engine-seat.ts"
import { hashAtOnce } from "./hash-at-once.ts"
import { minuteStrategy } from "./minute-strategy.ts"

type Inside = Awaited<ReturnType<typeof venueInside>>

const engine = (await builtEngine())!

hashAtOnce()

/** A bot on an exchange in this process, in virtual time, with a database in a folder of its own. */
export async function botInside({
  strategy = minuteStrategy(),
  risk = {},
  exchange,
  startMs,
}: {
  strategy?: StrategyDocument
  risk?: Partial<RiskSettings>
  exchange?: OpenOptions
  startMs?: number
} = {}) {
  const switchState = { isOn: false }
  const look = new LastLook(switchState)
  const inside = await venueInside(exchange, () => ({ gate: look.gate }), startMs)
  const { time } = inside
  const dataDirectory = join(await mkdtemp(join(tmpdir(), "candlewright-bot-")), "data")
  let store = await openRelayStore({ dataDirectory, surroundings: time })
  const bugs: unknown[] = []
  /** A relay starts, on another engine where one is given. */
  const begin = async (ownEngine = engine) => {
    const ledger = await Ledger.open({ database: store.database, nowMs: time.nowMs, instanceId: store.instanceId })
    const found = (await ledger.bots())[0]
    const bot = found ?? newBot(strategy, time.nowMs())
    if (!found) await store.database.transaction().execute((transaction) => ledger.add(bot, transaction))
    const account = new AccountDesk({
      accountId: "account1",
      exchange: inside.exchange,
      look,
      risk: async () => ({ ...usualRisk, maxOrdersPerMinute: 1_000, ...risk }),
      ledger,
      surroundings: time,
    })
    const feed = feedOf(inside)
    const runner = new BotRunner({
      bot,
      strategy,
      engine: ownEngine,
      ledger,
      account,
      feed,
      killSwitch: switchState,
      surroundings: time,
      onBug: (bug) => bugs.push(bug),
      figures: new BotFigures(),
      onKeyRefused: () => {},
    })
    account.runners.add(runner)
    runner.poke()
    return { runner, ledger, account, bot }
  }
  /** Closes the store, does something with its folder, and opens it again. */
  const reopen = async (meanwhile: () => Promise<void>) => {
    await store.close()
    await meanwhile()
    store = await openRelayStore({ dataDirectory, surroundings: time })
  }
  const parts = { ...inside, engine, strategy, dataDirectory, switchState, bugs, begin, reopen }
  return { ...parts, store }
}

function newBot(strategy: StrategyDocument, nowMs: number): BotRecord {
  const timeframeMs = timeframesMs[strategy.timeframe]
  return {
    id: "bot1",
    accountId: "account1",
    name: strategy.name,
    document: JSON.stringify(strategy),
    params: {},
    markets: strategy.markets,
    cash: "1000",
    status: "running",
    wish: "run",
    haltedBecause: null,
    hashes: { engine: engine.sha256, strategy: "", params: "" },
    createdMs: nowMs,
    fromMs: Math.floor(nowMs / timeframeMs) * timeframeMs,
  }
}

/** Candles and prices as the exchange has them, looked at each second of its time. */
function feedOf({ exchange, time, venue, opened }: Inside): BotFeed {
  return {
    follow(market, timeframe, fromMs, hear) {
      let nextMs = fromMs
      let isAsking = false
      const look = async () => {
        if (isAsking || time.nowMs() < nextMs + timeframesMs[timeframe]) return
        isAsking = true
        const rows = await exchange.closedCandles({ market, timeframe, fromMs: nextMs, limit: 500 }).catch(() => [])
        isAsking = false
        for (const row of rows) {
          nextMs = row.openTimeMs + timeframesMs[timeframe]
          hear([row.openTimeMs, ...numbers(row)] as CandleRow)
        }
      }
      return time.every(1_000, () => void look())
    },
    watchPrice(market, hear) {
      const [base, quote] = market.split("/")
      const symbol = opened.language.symbolOf(base, quote)
      return time.every(1_000, () => hear(Number(formatDecimal(venue.markets.get(symbol)!.lastPrice))))
    },
  }
}

function numbers({ open, high, low, close, volume }: Record<"open" | "high" | "low" | "close" | "volume", string>) {
  return [open, high, low, close, volume].map(Number)
}
