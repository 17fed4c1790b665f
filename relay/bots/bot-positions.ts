import { stopAmong } from "./kept-standing.ts"
import { stuckWords } from "./market-gone.ts"
import type { OpenedBot } from "./opened-bot.ts"

/** A position as its owner sees it: quote currency a unit; NaN where there is no stop or target. */
export type BotPosition = {
  market: string
  quantity: number
  entryPrice: number
  /** Where one waits at the exchange. */
  stop: number
  wantsStop: boolean
  target: number
  price: number
  unrealised: number
  /** Why nothing can be done about it, where its market is gone. */
  goneBecause?: string
}

/** What a bot at work holds. */
export function positionsOf({ desks, seat, orders, account }: OpenedBot): BotPosition[] {
  return desks.flatMap((desk) => {
    const { side, quantity, entryPrice, target, stop: wanted } = seat.run.position(desk.index)
    if (side === 0) return []
    // A stop goes with its market.
    const stop = desk.isGone ? NaN : stopAmong(orders.of(desk.name), desk.name)
    const price = desk.price || entryPrice
    const unrealised = (price - entryPrice) * quantity
    const wantsStop = !Number.isNaN(wanted)
    const goneBecause = desk.isGone ? stuckWords(account.exchange.name, desk.name) : undefined
    return [{ market: desk.name, quantity, entryPrice, stop, wantsStop, target, price, unrealised, goneBecause }]
  })
}
