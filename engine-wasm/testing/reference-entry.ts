import type { RejectedReason } from "../host/result/backtest-result.ts"
import {
  NEARLY_NOTHING,
  affordable,
  feeRateInQuote,
  isAtOrWorse,
  reject,
  sizingEquity,
  slipped,
  type Direction,
  type Market,
  type Position,
  type Run,
  type WaitingEntry,
  usableCash,
} from "./reference-book.ts"
import { asDecimal, stepDown } from "./reference-rounding.ts"
import { targetsFromFormulas } from "./reference-targets.ts"
import { firstStop, stopFromFormula, strategyStop, tightenStop } from "./reference-stop.ts"

/** The price of an entry: `slippage` in percent against it. */
export type EntryFill = { price: number; timeMs: number; slippage: number; inside: boolean }

/** Fills the market's waiting entry or refuses it; either way it waits no longer. */
export function enter(run: Run, market: Market, fill: EntryFill): void {
  const entry = market.entry!
  market.entry = undefined
  const price = slipped(fill.price, entry.direction, fill.slippage)
  const { direction, decidedAt } = entry
  const stopFormulaPrice = stopFromFormula(run, market, { decidedAt, entryPrice: price })
  const entered = { direction, entryPrice: price, decidedAt, stopFormulaPrice }
  const stop = strategyStop(run, market, entered)
  const refusal = stop === undefined ? undefined : stopRefusal(entry, price, stop)
  const sized = refusal ?? sizedQuantity(run, market, { direction, price, stop })
  if (typeof sized === "string") return reject(run, market, fill.timeMs, sized)
  const initialRisk = stop === undefined ? Number.NaN : sized * Math.abs(price - stop)
  const targetFormulaPrices = targetsFromFormulas(run, market, entered)
  const opening = {
    fill,
    price,
    stop: firstStop(run, market, entered),
    quantity: sized,
    initialRisk,
    stopFormulaPrice,
    targetFormulaPrices,
  }
  market.position = openedPosition(run, entry, opening)
  takeUpDust(market)
  tightenStop(run, market.position)
}

/** Rule 24. */
function stopRefusal({ direction }: WaitingEntry, price: number, stop: number): RejectedReason | undefined {
  if (Number.isNaN(stop)) return "notReady"
  return isAtOrWorse(direction, price, stop) ? "stopBeyondEntry" : undefined
}

/** Rule 23: how much to buy or sell, or why nothing. */
function sizedQuantity(
  run: Run,
  market: Market,
  { direction, price, stop }: { direction: Direction; price: number; stop: number | undefined },
): number | RejectedReason {
  const equity = sizingEquity(run, market)
  const wanted = wantedQuantity(run, equity, { direction, price, stop })
  const most = affordable(run, market, direction, price)
  const isCashless = usableCash(run, market) <= equity * NEARLY_NOTHING
  if (isCashless || (run.strategy.size.kind === "quote" && isMore(wanted, most))) return "cash"
  return tradable(run, Math.min(wanted, most), price)
}

function wantedQuantity(
  run: Run,
  equity: number,
  { direction, price, stop }: { direction: Direction; price: number; stop: number | undefined },
): number {
  const { size } = run.strategy
  if (size.kind === "quote") return size.amount / price
  const priceWithFee = price * (1 + feeRateInQuote(run, direction))
  if (size.kind === "equity") return (equity * size.percent) / 100 / priceWithFee
  const cap = (equity * size.maxPositionPercent) / 100 / priceWithFee
  return Math.min((equity * size.percent) / 100 / Math.abs(price - stop!), cap)
}

/** Whether the wanted amount exceeds the available one, by more than rounding. */
export function isMore(wanted: number, most: number): boolean {
  return wanted > most * (1 + NEARLY_NOTHING)
}

/** The quantity in whole steps, or why the exchange would not take it. */
export function tradable(run: Run, quantity: number, price: number): number | RejectedReason {
  const stepped = stepDown(quantity, run.account.quantityStep)
  if (stepped <= 0) return "quantityStep"
  return stepped * price < run.account.minNotional ? "minimumNotional" : stepped
}

/** Rule 25: the rest of earlier positions. */
function takeUpDust(market: Market): void {
  if (market.position!.direction < 0) return
  market.position!.quantity += market.dust
  market.dust = 0
}

type Opening = Pick<Position, "stop" | "quantity" | "initialRisk" | "stopFormulaPrice" | "targetFormulaPrices"> & {
  fill: EntryFill
  price: number
}

function openedPosition(run: Run, entry: WaitingEntry, { fill, price, quantity, ...measured }: Opening): Position {
  const position: Position = {
    ...measured,
    direction: entry.direction,
    quantity: 0,
    firstQuantity: quantity,
    cost: 0,
    entryFees: 0,
    entrySlippage: quantity * Math.abs(price - fill.price),
    funding: 0,
    entryPrice: price,
    lastFillPrice: price,
    entryTimeMs: fill.timeMs,
    decidedAt: entry.decidedAt,
    tag: entry.tag,
    candles: 0,
    bestPrice: price,
    takenLevels: 0,
    addsPlaced: 0,
    margin: 0,
    enteredInside: fill.inside,
  }
  buyInto(run, position, quantity, price)
  return position
}

/** Rules 25 and 27: money and coins of a fill that opens or enlarges a position. */
export function buyInto(run: Run, position: Position, quantity: number, price: number): void {
  const { feePercent, feeFrom, leverage } = run.account
  const value = quantity * price
  const fee = value * (feePercent / 100)
  const coinsTaken = feeFrom === "received" && position.direction > 0 ? quantity * (feePercent / 100) : 0
  const received = quantity - coinsTaken
  const cost = received * price
  position.entryPrice =
    position.quantity === 0
      ? price
      : asDecimal(
          (position.quantity * position.entryPrice + received * price) / (position.quantity + received),
          Math.max(position.entryPrice, price),
        )
  position.quantity += received
  position.cost += cost
  position.entryFees += fee
  position.lastFillPrice = price
  if (position.direction < 0) position.margin += value / leverage
  // A fee taken from the coins was paid with the coins.
  run.cash -= position.direction > 0 && feeFrom === "received" ? value : fee + (position.direction > 0 ? cost : 0)
}
