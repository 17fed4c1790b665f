import type { ExitReason } from "../host/result/backtest-result.ts"
import { slipped, type Market, type Position, type Run } from "./reference-book.ts"
import { withinMargin } from "./reference-margin.ts"
import { stepDown } from "./reference-rounding.ts"

/** The price of an exit: `slippage` in percent against it. */
export type ExitFill = { price: number; timeMs: number; reason: ExitReason; slippage: number }

/** Ends the market's position; the unsellable rest remains as dust (rule 25). */
export function exitEverything(run: Run, market: Market, fill: ExitFill): void {
  const position = market.position!
  const quantity = stepDown(position.quantity, run.account.quantityStep)
  book(run, market, { fill, quantity, share: 1 })
  market.dust += position.quantity - quantity
  market.position = undefined
  market.exit = undefined
  market.closesSinceExit = 0
}

/** Rule 21: a target takes its share, or everything where a part could not be sold. */
export function exitPart(run: Run, market: Market, fill: ExitFill & { share: number }): void {
  const position = market.position!
  const { quantityStep, minNotional } = run.account
  const quantity = stepDown(position.quantity * fill.share, quantityStep)
  const rest = position.quantity - quantity
  const canSell = (part: number) =>
    stepDown(part, quantityStep) > 0 && stepDown(part, quantityStep) * fill.price >= minNotional
  if (fill.share === 1 || !canSell(quantity) || !canSell(rest)) return exitEverything(run, market, fill)
  book(run, market, { fill, quantity, share: quantity / position.quantity })
  shrink(position, quantity)
}

function shrink(position: Position, quantity: number): void {
  const kept = 1 - quantity / position.quantity
  position.quantity -= quantity
  position.cost *= kept
  position.entryFees *= kept
  position.entrySlippage *= kept
  position.funding *= kept
  position.initialRisk *= kept
  position.margin *= kept
}

type Booking = { fill: ExitFill; quantity: number; share: number }

/** Rule 26: one exit, one trade, with its share of cost and entry fee. */
function book(run: Run, market: Market, booking: Booking): void {
  const { fill, quantity, share } = booking
  const position = market.position!
  const { direction } = position
  const { exitPrice, exitFee, exitReason, slippagePaid } = isolated(run, position, booking)
  const gain = direction * (quantity * exitPrice - position.cost * share)
  run.cash += (direction > 0 ? quantity * exitPrice : gain) - exitFee
  run.record.trades.push({
    market: market.number,
    side: direction,
    quantity,
    entryTimeMs: position.entryTimeMs,
    entryPrice: position.entryPrice,
    exitTimeMs: fill.timeMs,
    exitPrice,
    exitReason,
    profit: gain + position.funding * share - exitFee - position.entryFees * share,
    feesPaid: exitFee + position.entryFees * share,
    slippagePaid: position.entrySlippage * share + slippagePaid,
    initialRisk: position.initialRisk * share,
    entryTag: position.tag,
  })
}

/** Rule 27. */
function isolated(run: Run, position: Position, { fill, quantity, share }: Booking) {
  const wanted = slipped(fill.price, position.direction, -fill.slippage)
  const { price, fee, isLiquidated } = withinMargin(closingOf(run, position, { price: wanted, quantity, share }))
  return {
    exitPrice: price,
    exitFee: fee,
    exitReason: isLiquidated ? ("liquidation" as const) : fill.reason,
    slippagePaid: isLiquidated ? 0 : quantity * Math.abs(price - fill.price),
  }
}

/** A share of the position as it would be closed at a price. */
export function closingOf(
  { account }: Run,
  { direction, cost, margin, funding }: Position,
  { price, quantity, share }: { price: number; quantity: number; share: number },
) {
  const feeRate = account.feePercent / 100
  return { direction, quantity, cost: cost * share, margin: (margin + funding) * share, price, feeRate }
}
