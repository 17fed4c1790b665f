import { MINUTE_MS } from "#engine/candles"
import type { FaultRule, RequestFaultName } from "../../exchange/simulated/faults/faults.ts"
import type { StreamTrouble } from "../../exchange/simulated/faults/stream-faults.ts"
import type { ScenarioKind } from "../../exchange/simulated/market/scenario.ts"
import { createRandom, type Random } from "../../exchange/simulated/random.ts"
import type { BotWish } from "../../ledger/bot-record.ts"
import type { DifferenceAction } from "../difference-answers.ts"
import { byHandTroubles } from "./by-hand-sales.ts"
import { strategies } from "./strategies.ts"
import { calmMsAt, quoteOf, type StoryVenue, venueOfSeed } from "./story-venue.ts"

/** What befalls the exchange, the way to it, or the relay. */
export type Trouble =
  | { do: "fault"; rule: FaultRule }
  | { do: "stream"; trouble: Partial<StreamTrouble> }
  | { do: "sockets"; how: "close" | "cut-off" | "shut-down" }
  | { do: "down"; lastsMs: number }
  | { do: "skew"; byMs: number; lastsMs: number }
  | { do: "scenario"; kind: ScenarioKind; size: number; lastsMs: number }
  | { do: "rules"; rules: Record<string, string | number>; lastsMs: number }
  | { do: "fees"; inBnb: boolean }
  /** A resting order of ours fills in part, and may end then. */
  | { do: "fill-part"; share: number; isEndedAfter: boolean }
  | { do: "expire" }
  /** The owner buys by hand. */
  | { do: "owner" }
  /** The owner cancels a stop of a bot and sells that share of its coins (F41). */
  | { do: "sell-by-hand"; share: number }
  /** The owner says what became of coins that are missing. */
  | { do: "answer"; action: DifferenceAction }
  | { do: "restart" }
  /** The disk takes nothing. */
  | { do: "disk"; lastsMs: number }
  | { do: "wish"; bot: number; wish: BotWish }
  | { do: "kill"; lastsMs: number }

export type BotPlan = { strategy: keyof typeof strategies; markets: string[]; amount: number }

/** A story as data: the same one always runs the same. */
export type Story = {
  seed: string
  /** Whose protocol its exchange speaks. */
  venue: StoryVenue
  bots: BotPlan[]
  /** What its markets can do, as far as the bots know. */
  can: Abilities
  /** The account has coins of its owner's too. */
  hasCoins: boolean
  troubles: { atMs: number; trouble: Trouble }[]
  /** Numbers of the effects at which the relay crashes. */
  crashes: number[]
  /** How long the relay is away after a crash. */
  awayMs: number
  /** Each life of the relay has another engine than the one before, which does the same. */
  hasUpdates: boolean
  isCalm: boolean
  /** Troubles begin in this time; afterwards everything works. */
  troubledMs: number
  /** How long it then goes on before its bots are stopped. */
  calmMs: number
}

export type Abilities = { protect: "received" | "fixed" | "none"; replace: boolean }

/** When stories begin. */
export const startMs = Date.UTC(2026, 0, 1)

const TROUBLED_MS = 8 * MINUTE_MS

const faultNames: RequestFaultName[] = [
  ...(["F01", "F02", "F03", "F04", "F04b", "F04c", "F05", "F06", "F07", "F08", "F08b", "F09", "F09b"] as const),
  ...(["F10", "F10b", "F11", "F12", "F14", "F15", "F16", "F17", "F18", "F22", "F25", "F85"] as const),
]
const where =
  "order.* order.place orderList.* order.cancelReplace order.cancel order.status * myTrades openOrders.status account.status klines time exchangeInfo".split(
    " ",
  )
/** Most effects that a story of usual length reaches. */
const MOST_EFFECTS = 300
const UPDATES_SHARE = 0.3

/** The story of a seed, at a venue of its own unless another one is named. */
export function storyOf(seed: string, venue = venueOfSeed(seed)): Story {
  const random = createRandom(`${seed}/story`)
  const pick = <One>(all: readonly One[]): One => all[random.below(all.length)]
  const isCalm = random.below(8) === 0
  const markets = [["BTC"], ["ETH"], ["BTC", "ETH"]].map((coins) => coins.map((coin) => `${coin}/${quoteOf[venue]}`))
  const bots = Array.from({ length: 1 + random.below(2) }, () => ({
    strategy: pick([...Object.keys(strategies), "limits", "safety orders"]),
    markets: pick(markets),
    amount: pick([50, 200, 1_000]),
  }))
  return {
    seed,
    venue,
    bots,
    can: abilitiesAt(venue, {
      protect: pick(["received", "received", "fixed", "none"]),
      replace: random.below(5) > 0,
    }),
    hasCoins: random.below(2) === 0,
    troubles: isCalm ? [] : troublesBy(random, bots.length, seed).filter(({ trouble }) => isKnownAt(venue, trouble)),
    crashes: isCalm ? [] : Array.from({ length: random.below(4) }, () => 1 + random.below(MOST_EFFECTS)),
    awayMs: pick([0, 1_000, 5_000, 20_000]),
    hasUpdates: createRandom(`${seed}/updates`).next() < UPDATES_SHARE,
    isCalm,
    troubledMs: TROUBLED_MS,
    calmMs: calmMsAt(venue),
  }
}

/** Exits that Bybit and Coinbase attach sell what their entry received; neither puts one order in another's place. */
function abilitiesAt(venue: StoryVenue, { protect, replace }: Abilities): Abilities {
  if (venue === "binance") return { protect, replace }
  return { protect: protect === "none" ? "none" : "received", replace: false }
}

/** Only Binance takes fees in a coin of its own. */
function isKnownAt(venue: StoryVenue, trouble: Trouble): boolean {
  return venue === "binance" || trouble.do !== "fees"
}

function troublesBy(random: Random, bots: number, seed: string): Story["troubles"] {
  const count = 3 + random.below(22)
  const troubles = Array.from({ length: count }, () => ({
    atMs: random.below(TROUBLED_MS),
    trouble: troubleBy(random, bots),
  }))
  const byHand = byHandTroubles(createRandom(`${seed}/by hand`), TROUBLED_MS)
  return [...troubles, ...byHand].sort((one, other) => one.atMs - other.atMs)
}

function troubleBy(random: Random, bots: number): Trouble {
  const pick = <One>(all: readonly One[]): One => all[random.below(all.length)]
  const kind = random.below(25)
  if (kind < 10) return { do: "fault", rule: ruleBy(random) }
  const others: (() => Trouble)[] = [
    () => ({ do: "stream", trouble: streamBy(random) }),
    () => ({ do: "sockets", how: pick(["close", "cut-off", "shut-down"]) }),
    () => ({ do: "down", lastsMs: 1_000 + random.below(14_000) }),
    () => ({ do: "skew", byMs: pick([-600_000, -2_000, 2_000, 600_000]), lastsMs: 20_000 }),
    () => ({
      do: "scenario",
      kind: pick(["crash", "rally", "flash-wick", "flat"]),
      size: pick([0.002, 0.01, 0.05]),
      lastsMs: pick([3_000, 10_000, 60_000]),
    }),
    () => ({ do: "rules", rules: rulesBy(random), lastsMs: pick([5_000, 30_000, 90_000]) }),
    () => ({ do: "fees", inBnb: random.below(2) === 0 }),
    () => ({ do: "fill-part", share: pick([0.02, 0.3, 0.5, 0.9]), isEndedAfter: random.below(2) === 0 }),
    () => ({ do: "fill-part", share: pick([0.02, 0.3, 0.5, 0.9]), isEndedAfter: false }),
    () => ({ do: "expire" }),
    () => ({ do: "owner" }),
    () => ({ do: "restart" }),
    () => ({ do: "disk", lastsMs: pick([500, 3_000, 15_000]) }),
    () => ({ do: "wish", bot: random.below(bots), wish: pick(["pause", "close", "run"]) }),
    () => ({ do: "kill", lastsMs: 30_000 }),
  ]
  return others[kind - 10]()
}

function ruleBy(random: Random): FaultRule {
  const pick = <One>(all: readonly One[]): One => all[random.below(all.length)]
  const fault = pick(faultNames)
  const on =
    fault === "F17"
      ? "order.cancelReplace"
      : fault === "F16"
        ? pick(["order.cancel", "order.cancelReplace"])
        : pick(where)
  const times = 1 + random.below(4)
  const probability = pick([0.3, 0.7, 1])
  const delayMs = pick([500, 2_000, 6_000])
  return { fault: isLate({ fault, delayMs }) ? "F06b" : fault, on, times, probability, delayMs }
}

/** What the exchange seems not to take may still be on its way: it arrives later. */
function isLate({ fault, delayMs }: { fault: RequestFaultName; delayMs: number }): boolean {
  return fault === "F04" && delayMs > 500
}

function streamBy(random: Random): Partial<StreamTrouble> {
  const troubles: Partial<StreamTrouble>[] = [
    { lose: 1 + random.below(5) },
    { duplicate: 1 + random.below(5) },
    { reverse: 2 + random.below(4) },
    { delayMs: 500 + random.below(20_000) },
    { isFrozen: true },
    { refuseSubscription: -1021 },
  ]
  return troubles[random.below(troubles.length)]
}

function rulesBy(random: Random): Record<string, string | number> {
  const changes: Record<string, string | number>[] = [
    { stepSize: "0.001", minQuantity: "0.001" },
    { tickSize: "0.1" },
    { stepSize: "0.001", minQuantity: "0.001" },
    { minNotional: "20" },
    { status: "HALT" },
    { maxAlgoOrders: 0 },
    { maxOrderLists: 0 },
  ]
  return changes[random.below(changes.length)]
}
