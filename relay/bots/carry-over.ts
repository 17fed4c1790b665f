import type { BotState } from "../ledger/bot-record.ts"
import type { NewEvent } from "../ledger/bot-event.ts"
import type { BotParts } from "./bot-parts.ts"
import { CarriedDifferences } from "./carried-differences.ts"
import { type BotInput, CannotGoOn, type Decided, EngineSeat, type SeatAbout, type SeatPlan } from "./engine-seat.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import { heardBy, partsHeard, seatAtStart } from "./replay.ts"
import { type MarketWants, wantsAfter, wantsWithout } from "./wants.ts"

/** A minute and a half; as far as no bot comes in ten years of minutes. */
const MOST_INPUTS = 20_000_000

/** The relay ends while a bot opens: it goes on from the disk another time. */
export class WorkEnded extends Error {
  override name = "WorkEnded"
}

type Old = { state: BotState; because: string; desks: readonly MarketDesk[]; orders: readonly OwnOrder[] }

/** An engine that has been told everything anew, what it wants, and what its owner hears of it. */
export type Carried = { seat: EngineSeat; wants: MarketWants[]; events: NewEvent[] }

/**
 * Brings a bot to an engine that cannot read its kept state, as after an update: it hears all that the one before has
 * heard. Where it holds, wants and protects the same then, the bot goes on, and what else differs is named. Throws
 * `CannotGoOn` where it does not.
 */
export async function carryOver(
  parts: BotParts,
  plan: SeatPlan,
  { state, because, desks, orders }: Old,
  isOver: () => boolean,
): Promise<Carried> {
  const { closes, stands, snapshot, extra } = state.about as SeatAbout
  const heard = await heardBy(parts, MOST_INPUTS)
  if (heard === undefined || stands === undefined) throw new CannotGoOn(because)
  const differences = new CarriedDifferences(desks, orders)
  const again = await toldAgain(because, () => seatAtStart(parts, heard.begun))
  let wants: MarketWants[] = desks.map(() => ({}))
  for await (const inputs of partsHeard(parts, heard)) {
    if (isOver()) throw new WorkEnded("The relay ends.")
    for (const part of beforeEnds(inputs)) {
      const decided = await toldAgain(because, () => again.tell(part))
      wants = wantsOf(wants, part, decided)
      await differences.compareTrades(parts, decided.trades)
    }
  }
  await differences.compareLastTrades(parts)
  differences.compareStands(stands, again.stands(), Number(parts.bot.cash))
  differences.compareWants((extra as { wants: MarketWants[] }).wants, wants)
  if (differences.isTooMuch) throw new CannotGoOn(`${because}; ${differences.summary}`, differences.events)
  const seat = await EngineSeat.goOn(plan, again.state(closes, { wants }))
  if (!seat.ok) throw new CannotGoOn(seat.because)
  const engines = { from: snapshot.engine, to: parts.engine.sha256 }
  return { seat: seat.seat, wants, events: [...differences.events, wentOn(heard.count, engines)] }
}

/** What an engine answers; one that fails over what another has heard cannot take its place. */
async function toldAgain<Answer>(because: string, tell: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await tell()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CannotGoOn(`${because}, and this one fails over what that one has heard (${why.slice(0, 200)})`)
  }
}

/** In their order; each end of an order begins a new part: what is wanted changes before the engine hears of it. */
function beforeEnds(inputs: readonly BotInput[]): BotInput[][] {
  const parts: BotInput[][] = []
  for (const input of inputs) {
    if (parts.length === 0 || "end" in input) parts.push([])
    parts.at(-1)!.push(input)
  }
  return parts
}

function wantsOf(before: MarketWants[], [first]: readonly BotInput[], { intents }: Decided): MarketWants[] {
  const wants = [...before]
  if ("end" in first) wants[first.market] = wantsWithout(wants[first.market], first.intent)
  for (const intent of intents) wants[intent.market] = wantsAfter(wants[intent.market], intent)
  return wants
}

function wentOn(count: number, engines: { from: string; to: string }): NewEvent {
  const words = `The engine of this Candlewright is another than before. It was told all ${count} things that the one before had heard, holds and wants the same, and goes on.`
  return { kind: "status", words, about: { engines } }
}
