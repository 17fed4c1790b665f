import type { DifferenceAnswers } from "./difference-answers.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { OpenedBot } from "./opened-bot.ts"
import type { Unsold } from "./parked-words.ts"

/** Undefined until a bot that sells all has sold all that can be sold; then what stays. */
export async function soldOut(opened: OpenedBot, answers: DifferenceAnswers): Promise<Unsold[] | undefined> {
  const { listed, desks, orders } = opened
  for (const desk of listed)
    if (desk.difference && orders.of(desk.name).length === 0 && isSold(desk, opened)) await answers.adopt(desk)
  const isOver = listed.every((desk) => opened.held(desk) === 0 && orders.of(desk.name).length === 0)
  if (!isOver) return undefined
  return desks.flatMap((desk) => (desk.isGone && opened.held(desk) > 0 ? [{ desk, held: opened.held(desk) }] : []))
}

/** All is sold that is there; what is missing is no position. */
function isSold({ index, facts, missing, price }: MarketDesk, { seat }: OpenedBot): boolean {
  return facts.floored(Math.max(0, seat.run.position(index).quantity - missing)) < facts.leastSale(price)
}
