import { DAY_MS } from "#engine/candles"
import type { ExchangeKind } from "../accounts/exchange-kind.ts"
import { asSentence } from "../door/refusal.ts"
import type { dangersOf } from "#engine/strategy"
import type { BotHashes, BotRecord, BotStatus } from "../ledger/bot-record.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { BotPosition } from "./bot-positions.ts"
import type { BotRunner } from "./bot-runner.ts"
import { keptStanding } from "./kept-standing.ts"

/** A bot as its owner sees it. Amounts are decimal texts. */
export type BotView = {
  id: string
  accountId: string
  name: string
  status: BotStatus
  haltedBecause: string | null
  hashes: BotHashes
  timeframe: string
  markets: string[]
  params: Record<string, number | boolean>
  /** What of its strategy can cost more than one thinks. */
  dangers: ReturnType<typeof dangersOf>
  /** What else to know of it: models that another engine trained than the one it runs on. */
  notes: string[]
  cash: string
  createdMs: number
  heartbeatMs: number | null
  nextDecisionMs: number | null
  positions: ViewedPosition[]
  /** Markets where the exchange has less, and the owner has not said why. */
  differences: number
  equity: string
  /** When the prices were that it is worth this by; null where it holds nothing, or has yet to hear of any. */
  pricedMs: number | null
  pnlToday: string
  pnlTotal: string
  lastReason: string
  /** Whether its exchange is real; null where its account is not there any more. */
  exchange: ExchangeKind | null
}

export type ViewedPosition = {
  market: string
  quantity: string
  entryPrice: string
  price: string
  /** Where its stop waits at the exchange; null where none does. */
  stopPrice: string | null
  /** Why that is not as it should be, in words; null where all is well. */
  stopMissing: string | null
  targetPrice: string | null
  unrealised: string
}

type Seen = {
  runner: BotRunner | undefined
  failure: string
  timeframe: string
  dangers: BotView["dangers"]
  notes: BotView["notes"]
  differences: number
  ledger: Pick<Ledger, "equity" | "state" | "openOrders">
  /** At its exchange: the day is the exchange's. */
  nowMs: number
}

export async function viewOf(bot: BotRecord, seen: Seen): Promise<Omit<BotView, "exchange">> {
  const { runner, failure, timeframe, dangers, notes, differences, ledger, nowMs } = seen
  const { id, accountId, name, haltedBecause, hashes, markets, params, cash, createdMs } = bot
  const kept = await ledger.equity(id, Math.floor(nowMs / DAY_MS) * DAY_MS)
  const equity = runner?.equity() ?? kept.last ?? Number(cash)
  return {
    id,
    accountId,
    name,
    status: statusOf(bot, runner),
    haltedBecause: haltedBecause === null ? null : asSentence(haltedBecause),
    hashes,
    timeframe,
    markets,
    params,
    dangers,
    notes,
    cash,
    createdMs,
    heartbeatMs: runner?.heartbeatMs || null,
    nextDecisionMs: runner?.nextDecisionMs ?? null,
    differences,
    positions: (await positionsOf(bot, runner, ledger)).map(viewedPosition),
    equity: amount(equity),
    pricedMs: runner?.pricedMs ?? null,
    pnlToday: amount(equity - (kept.before ?? Number(cash))),
    pnlTotal: amount(equity - Number(cash)),
    lastReason: failure || (runner?.lastReason ?? ""),
  }
}

/** As it says itself, and as it was last kept until it has opened. */
async function positionsOf(bot: BotRecord, runner: BotRunner | undefined, ledger: Seen["ledger"]) {
  if (runner?.isOpen) return runner.positions()
  return bot.status === "stopped" ? [] : (await keptStanding(ledger, bot)).positions
}

const STOP_MISSING =
  "No stop waits at the exchange for this position now. The bot places one as soon as the exchange takes it; coins that are gone are asked about in the reconcile inbox."

function statusOf({ status }: BotRecord, runner: BotRunner | undefined): BotStatus {
  return runner?.status ?? (status === "running" ? "starting" : status)
}

function viewedPosition(position: BotPosition): ViewedPosition {
  const { market, quantity, entryPrice, price, stop, wantsStop, target, unrealised, goneBecause } = position
  const isMissing = goneBecause !== undefined || (wantsStop && Number.isNaN(stop))
  const because = goneBecause === undefined ? STOP_MISSING : asSentence(goneBecause)
  return {
    market,
    quantity: amount(quantity),
    entryPrice: amount(entryPrice),
    price: amount(price),
    stopPrice: Number.isNaN(stop) ? null : amount(stop),
    stopMissing: isMissing ? because : null,
    targetPrice: target > 0 ? amount(target) : null,
    unrealised: amount(unrealised),
  }
}

const MOST_DECIMALS = 10

/** A decimal text without zeros at its end. */
export function amount(value: number): string {
  const text = value.toFixed(MOST_DECIMALS).replace(/\.?0+$/, "")
  return text === "-0" ? "0" : text
}
