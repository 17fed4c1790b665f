import type { NewEvent } from "../ledger/bot-event.ts"
import type { DifferenceAnswers } from "./difference-answers.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { parkedWords } from "./parked-words.ts"

/** Undefined until a bot that sells all has sold all that can be sold; then what stays, in words. */
export async function soldOut(opened: OpenedBot, answers: DifferenceAnswers): Promise<NewEvent[] | undefined> {
  const { listed, desks, orders, account } = opened
  for (const desk of listed)
    if (desk.difference && orders.of(desk.name).length === 0 && isSold(desk, opened)) await answers.adopt(desk)
  const isOver = listed.every((desk) => opened.held(desk) === 0 && orders.of(desk.name).length === 0)
  if (!isOver) return undefined
  const stuck = desks.filter((desk) => desk.isGone && opened.held(desk) > 0)
  return stuck.map((desk) => parkedWords.unsold(desk, opened.held(desk), account.exchange.name))
}

/** All is sold that is there; what is missing is no position. */
function isSold({ index, facts, missing, price }: MarketDesk, { seat }: OpenedBot): boolean {
  return facts.floored(Math.max(0, seat.run.position(index).quantity - missing)) < facts.leastSale(price)
}
