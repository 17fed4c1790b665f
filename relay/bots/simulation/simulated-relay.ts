import { type StrategyDocument, strategySchema } from "#engine/strategy"
import { type RiskSettings, usualRisk } from "../../accounts/risk.ts"
import type { Engine } from "#engine/run"
import { openExchange } from "../../exchange/ccxt/ccxt-exchange.ts"
import type { Exchange, Market } from "../../exchange/exchange.ts"
import type { InProcess } from "../../exchange/simulated/in-process.ts"
import type { Language } from "../../exchange/simulated/language.ts"
import type { OpenedExchange } from "../../exchange/simulated/opened-exchange.ts"
import type { VirtualTime } from "../../exchange/simulated/virtual-time.ts"
import { LastLook } from "../../guard/last-look.ts"
import type { BotRecord } from "../../ledger/bot-record.ts"
import { Ledger } from "../../ledger/ledger.ts"
import type { RelayStore } from "../../store/relay-store.ts"
import { AccountDesk } from "../account-desk.ts"
import { BotFigures } from "../bot-figures.ts"
import { BotRunner } from "../bot-runner.ts"
import type { CrashPoints } from "./crash-points.ts"
import { feedOf } from "./feed.ts"
import { Life } from "./life.ts"
import { strategies } from "./strategies.ts"
import type { Story } from "./story.ts"
import { type Twist, withOther } from "./twist.ts"

/** Of which ccxt's own paths take the place of Binance's at other venues. */
const addresses = {
  rest: "http://localhost/api/v3",
  stream: "ws://localhost/ws",
  wsApi: "ws://localhost/ws-api/v3",
}

/** What a simulated relay runs in. */
export type Place = {
  story: Story
  engine: Engine
  time: VirtualTime
  opened: OpenedExchange
  inside: InProcess
  /** The exchange's name of a market. */
  symbolOf: (market: string) => string
  store: RelayStore
  crashes: CrashPoints
  killSwitch: { isOn: boolean }
  disk: { isFull: boolean }
  twist: Twist
  onBug: (error: unknown) => void
}

export type LivingRelay = {
  life: Life
  ledger: Ledger
  exchange: Exchange
  runners: BotRunner[]
}

/** How an exchange of this language names markets. */
export function symbolsIn({ symbolOf }: Language): Place["symbolOf"] {
  return (market) => {
    const [base, quote] = market.split("/")
    return symbolOf(base, quote)
  }
}

const risk: RiskSettings = {
  ...usualRisk,
  riskPercent: 50,
  maxPositions: 10,
  maxSharePercent: 90,
  maxCorrelation: 1,
  dailyLossPercent: 50,
  maxDrawdownPercent: 60,
  maxOrdersPerMinute: 100,
  requireStop: false,
}

/** Deploys the story's bots into the store, before anything happens. */
export async function deploy({ story, store, time, engine }: Place): Promise<void> {
  const ledger = await openLedger(store, time)
  for (const [n, { strategy }] of story.bots.entries()) {
    const bot = botRecord(`bot${n + 1}`, documentOf(story, n), time.nowMs(), engine.sha256)
    await store.database.transaction().execute((transaction) => ledger.add({ ...bot, name: strategy }, transaction))
  }
}

/** A relay starts on what is on the disk, as after any end. */
export async function begin(place: Place): Promise<LivingRelay> {
  const { story, engine, time, inside, store, crashes, twist } = place
  const killSwitch = twist.killSwitch ?? place.killSwitch
  const life = new Life(time, crashes)
  const { surroundings } = life
  const look = wrapped(twist.look, new LastLook(killSwitch))
  const { key, secret } = place.opened
  const opened = await openExchange({
    venue: story.venue,
    apiKey: key.apiKey,
    secret,
    addresses,
    clock: surroundings,
    gate: look.gate,
    fetch: life.fetch(inside, abilities(story)),
    socket: life.socket(inside),
  })
  const exchange = unprotecting(story, opened)
  const ledger = wrapped(twist.ledger, life.ledger(await openLedger(store, time), place.disk))
  const accountId = (await ledger.bots())[0].accountId
  const account = new AccountDesk({
    accountId,
    exchange: wrapped(twist.exchange, exchange),
    look,
    risk: async () => risk,
    ledger,
    surroundings,
  })
  const runners = (await ledger.bots()).reverse().map((bot) => {
    const strategy = strategySchema.parse(JSON.parse(bot.document))
    const feed = feedOf(exchange, { life, venue: place.opened.exchange.state.venue, symbolOf: place.symbolOf })
    const parts = { bot, strategy, engine, ledger, account, feed, killSwitch, surroundings, onBug: place.onBug }
    return new BotRunner({ ...parts, figures: new BotFigures(), onKeyRefused: () => {} })
  })
  for (const runner of runners) {
    account.runners.add(runner)
    runner.poke()
  }
  return { life, ledger, exchange, runners }
}

function wrapped<One>(wrap: ((one: One) => One) | undefined, one: One): One {
  return wrap ? wrap(one) : one
}

function openLedger(store: RelayStore, time: VirtualTime): Promise<Ledger> {
  return Ledger.open({ database: store.database, nowMs: time.nowMs, instanceId: store.instanceId })
}

function documentOf({ bots }: Story, n: number): StrategyDocument {
  const { strategy, markets, amount } = bots[n]
  return strategySchema.parse({
    format: "candlewright.strategy/1",
    name: strategy,
    timeframe: "1m",
    markets,
    size: { kind: "quote", amount },
    ...strategies[strategy],
  })
}

function botRecord(id: string, strategy: StrategyDocument, nowMs: number, engine: string): BotRecord {
  return {
    id,
    accountId: "account1",
    name: strategy.name,
    document: JSON.stringify(strategy),
    params: {},
    markets: strategy.markets,
    cash: "2000",
    status: "running",
    wish: "run",
    haltedBecause: null,
    hashes: { engine, strategy: "", params: "" },
    createdMs: nowMs,
    fromMs: Math.floor(nowMs / 60_000) * 60_000,
  }
}

/** Where markets do not say what they can do, the relay hears that none takes exits with an entry. */
function unprotecting({ venue, can }: Story, exchange: Exchange): Exchange {
  if (venue === "binance" || can.protect !== "none") return exchange
  const without = (market: Market): Market => ({ ...market, can: { ...market.can, protect: undefined } })
  return withOther(exchange, { markets: async () => (await exchange.markets()).map(without) })
}

/** The market says that it can do less: Binance alone says it. */
function abilities({ venue, can }: Story): (url: string, text: string) => string {
  return (url, text) => {
    if (venue !== "binance" || !url.includes("/exchangeInfo")) return text
    const without = (name: string, one: string) => one.replaceAll(`"${name}":true`, `"${name}":false`)
    let told = text
    if (can.protect !== "received") told = without("opoAllowed", told)
    if (can.protect === "none") told = without("otoAllowed", told)
    return can.replace ? told : without("cancelReplaceAllowed", told)
  }
}
