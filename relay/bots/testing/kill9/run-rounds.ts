import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { RealVenueId } from "#venues"
import { createRandom, type Random } from "../../../exchange/simulated/random.ts"
import { dialects } from "../../../exchange/ccxt/venue-dialect.ts"
import type { BotView } from "../../bot-view.ts"
import { fenceMsOf } from "../../fence.ts"
import { ExchangeProgram } from "./exchange-program.ts"
import { deployBots } from "./kill9-bots.ts"
import { kill9Venues } from "./kill9-venue.ts"
import { type Away, type Kill9Verdict, kill9Verdict } from "./kill9-verdict.ts"
import { RelayProgram } from "./relay-program.ts"

const faults = ["F01", "F02", "F04", "F06", "F07", "F10", "F14", "F18"]
/** Entries with their stop are lists; moved stops and exits replace one. */
const places = ["orderList.place.*", "order.cancelReplace", "order.*", "order*", "*"]
const FAULT_SHARE = 0.6
const CUT_SHARE = 0.3
/** A relay is killed so long after something is held, or it is back with it, and is away for so long. */
const MOST_LIFE_MS = 5_000
const MOST_AWAY_MS = 2_000
/** Half of the kills come so soon after something happened to an order: answers are on their way then. */
const CLOSE_SHARE = 0.5
const MOST_CLOSE_MS = 150
const MOST_WAIT_FOR_ORDER_MS = 15_000
const POLL_MS = 100
const QUICK_POLL_MS = 10
/** Without a purchase in this time it is killed anyway. */
const MOST_WAIT_FOR_PURCHASE_MS = 120_000
const MOST_WAIT_FOR_BOTS_MS = 60_000
/** A quarter of the kills may come while bots still begin. */
const EARLY_SHARE = 0.25

export type Kill9Options = {
  rounds: number
  /** Up to so many, until a kill has found something held. */
  mostRounds?: number
  seed: string
  /** Whose protocol the exchange speaks. */
  venue: RealVenueId
  /** Keeps log and data even when nothing was wrong. */
  keep?: boolean
}

export type Kill9Outcome = Kill9Verdict & {
  venue: RealVenueId
  seed: string
  rounds: number
  /** How many of the kills found something held. */
  killedHolding: number
  /** How many requests of the bots a fault struck. */
  struck: number
  /** Where log and data are: when something was wrong, or when they are wanted. */
  keptIn: string | undefined
}

/** Bots of a relay that is killed again and again while they hold something, at an exchange with faults. */
export async function runRounds({
  rounds,
  mostRounds = rounds,
  seed,
  venue,
  keep = false,
}: Kill9Options): Promise<Kill9Outcome> {
  const home = await mkdtemp(join(tmpdir(), "candlewright-kill9-"))
  await mkdir(join(home, "data"), { mode: 0o700 })
  const exchange = await ExchangeProgram.start(seed, venue)
  const relay = new RelayProgram({ home, data: join(home, "data"), standIn: exchange.standIn })
  try {
    const own = await exchange.openAccount("kill9")
    const { killedHolding, problems, aways, isOver } = await livesOf({ relay, exchange, own, rounds, mostRounds, seed })
    const entries = await exchange.log()
    const { accountId } = own
    const verdict = kill9Verdict(entries, { accountId, venue: kill9Venues[venue], aways, isOver })
    const struck = entries.filter((entry) => entry.kind === "request" && entry.fault !== undefined).length
    const outcome = { ...verdict, venue, seed, rounds, killedHolding, struck, faults: [...verdict.faults, ...problems] }
    return { ...outcome, keptIn: await endFolder({ home, relay, exchange, isKept: keep || outcome.faults.length > 0 }) }
  } finally {
    await relay.kill()
    await exchange.end()
  }
}

type Place = {
  relay: RelayProgram
  exchange: ExchangeProgram
  own: Awaited<ReturnType<ExchangeProgram["openAccount"]>>
}

type Lives = Place & { rounds: number; mostRounds: number; seed: string }

async function livesOf({ rounds, mostRounds, seed, ...place }: Lives) {
  const { relay, exchange } = place
  const random = createRandom(`kill9/${seed}`)
  const problems: string[] = []
  const aways: Away[] = []
  let [killedHolding, isOver] = [0, false]
  try {
    await relay.start()
    const ids = await deployBots(place)
    for (let round = 0; round < rounds || (killedHolding === 0 && round < mostRounds); round++) {
      await makeTrouble(exchange, random)
      await untilHeld(place)
      await untilKill(place, random)
      const killedMs = await exchange.nowMs()
      await relay.kill()
      if (await isHolding(place)) killedHolding++
      await sleep(random.below(MOST_AWAY_MS))
      await relay.start()
      if (random.next() >= EARLY_SHARE) await untilRunning(relay, ids)
      aways.push([killedMs, (await exchange.nowMs()) + settledAfterMs(exchange)])
    }
    await exchange.endFaults()
    problems.push(...(await endBots(relay, ids, kill9Venues[exchange.venue].mostEndMs)))
    isOver = true
  } catch (error) {
    problems.push(`not finished: ${error instanceof Error ? error.message : String(error)}`)
  }
  return { killedHolding, problems, aways, isOver }
}

/** Until every bot has read from its exchange where it is. */
async function untilRunning(relay: RelayProgram, ids: string[]): Promise<void> {
  for (let waitedMs = 0; waitedMs < MOST_WAIT_FOR_BOTS_MS; waitedMs += POLL_MS) {
    const bots = await Promise.all(ids.map((id) => relay.bot(id)))
    if (bots.every(({ status }) => status !== "starting")) return
    await sleep(POLL_MS)
  }
}

/** What was under way when a relay was killed is settled so soon after it is back, in time of the exchange. */
function settledAfterMs({ venue }: ExchangeProgram): number {
  return fenceMsOf(dialects[venue]) * kill9Venues[venue].speed
}

async function makeTrouble(exchange: ExchangeProgram, random: Random): Promise<void> {
  const one = <T>(list: readonly T[]) => list[random.below(list.length)]
  const delay = random.next() < 0.5 ? { delayMs: 500 } : {}
  const fault = { fault: one(faults), on: one(places), probability: 0.3, times: 3, ...delay }
  if (random.next() < FAULT_SHARE) await exchange.control("/faults", fault)
  const cut = { do: one(["close", "cut-off"]), code: 1006 }
  if (random.next() < CUT_SHARE) await exchange.control("/sockets", cut)
}

async function isHolding({ exchange, own }: Place): Promise<boolean> {
  const venue = kill9Venues[exchange.venue]
  return kill9Verdict(await exchange.log(), { accountId: own.accountId, venue, isOver: false }).isHolding
}

async function untilHeld(place: Place): Promise<void> {
  for (let waitedMs = 0; waitedMs < MOST_WAIT_FOR_PURCHASE_MS; waitedMs += POLL_MS) {
    if (await isHolding(place)) return
    await sleep(POLL_MS)
  }
}

async function untilKill(place: Place, random: Random): Promise<void> {
  if (random.next() >= CLOSE_SHARE) return void (await sleep(random.below(MOST_LIFE_MS)))
  const events = async () => (await place.exchange.log()).filter(({ kind }) => kind === "event").length
  const before = await events()
  const untilMs = performance.now() + MOST_WAIT_FOR_ORDER_MS
  while ((await events()) === before && performance.now() < untilMs) await sleep(QUICK_POLL_MS)
  await sleep(random.below(MOST_CLOSE_MS))
}

/** Stops all bots and waits until they have ended; what does not end and says no reason is a fault. */
async function endBots(relay: RelayProgram, ids: string[], mostMs: number): Promise<string[]> {
  for (const id of ids) await relay.ask(`/bots/${id}/stop`, {})
  const look = () => Promise.all(ids.map((id) => relay.bot(id)))
  let bots = await look()
  for (let waitedMs = 0; waitedMs < mostMs && !bots.every(hasEnded); waitedMs += POLL_MS) {
    await sleep(POLL_MS)
    bots = await look()
  }
  return bots.flatMap((bot) => (hasEnded(bot) ? [] : [`${bot.name} is ${bot.status}: ${bot.lastReason}`]))
}

function hasEnded({ status, haltedBecause, positions }: BotView): boolean {
  return (status === "stopped" && positions.length === 0) || (status === "halted" && Boolean(haltedBecause))
}

async function endFolder({
  home,
  relay,
  exchange,
  isKept,
}: {
  home: string
  relay: RelayProgram
  exchange: ExchangeProgram
  isKept: boolean
}): Promise<string | undefined> {
  await relay.kill()
  if (!isKept) return void (await rm(home, { recursive: true, force: true }))
  await writeFile(join(home, "exchange-log.json"), JSON.stringify(await exchange.log()))
  await writeFile(join(home, "relay.log"), relay.said)
  return home
}
