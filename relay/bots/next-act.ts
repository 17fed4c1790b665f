import { hasEnded, isDoubtful, isOpenBuy, leftOf, type OwnOrder } from "../ledger/own-order.ts"
import type { LiveIntent, LiveOrderEnd } from "#engine/run"
import type { MarketWants } from "./wants.ts"

/** One market of a bot as it stands. */
export type Standing = {
  wants: MarketWants
  /** Orders whose end the engine does not know. */
  orders: readonly OwnOrder[]
  /** What has been booked of an order, base units. */
  booked: (order: OwnOrder) => number
  /** What the engine holds, base units. */
  position: number
  /** The same, floored to what could be sold if it were all there. */
  owned: number
  /** What of it the exchange has, floored to what can be sold. */
  held: number
  /** The market takes orders: while it does not, whatever protects stays where it is. */
  isTrading: boolean
  /** The owner is asked where the rest is: it is no dust. */
  isAsked: boolean
  /** The smallest quantity that can be sold now: below it a rest is dust. */
  leastSale: number
  /** The smallest order that the exchange has ever taken here, base units; infinite before the first. */
  leastTaken: number
  /** The owner wants everything sold, whatever the strategy says. */
  isClosing: boolean
  /** There was no stop for too long, or it could not be placed: sell now. */
  isEmergency: boolean
  /** The price has come to the wanted target. */
  isTargetReached: boolean
  /** Entries may leave at all. */
  mayEnter: boolean
  /** The exchange takes no buy at this price yet: it is too far below the market's. */
  isTooFar: (limitPrice: number) => boolean
  /** How long an entry has been filled in part without the rest, milliseconds; 0: it has not. */
  partlyFilledMs: number
  /** A stop is moved by at least this share of its price. */
  leastMove: number
  /** How long a buy rests that was to fill at once or not at all. */
  restingMs: number
}

/** What to do next for one market. Everything at the exchange follows from doing these until nothing is left. */
export type Act =
  /** Ask the exchange what became of it. */
  | { do: "ask"; order: OwnOrder }
  | { do: "tell"; order: OwnOrder; end: LiveOrderEnd | undefined }
  /** Nobody will hear of this intent again; it never became an order. */
  | { do: "drop"; intent: LiveIntent }
  | { do: "enter"; intent: LiveIntent; role: "entry" | "add" }
  | { do: "cancel"; order: OwnOrder }
  /** A stop for the quantity, in the place of the order that is there. */
  | { do: "protect"; intent: LiveIntent; quantity: number; replaces?: OwnOrder }
  /** The stop that is there already carries out another intent from now on. */
  | { do: "adopt"; order: OwnOrder; intent: LiveIntent }
  | { do: "sell"; intent: LiveIntent | undefined; role: "exit" | "target"; quantity: number; replaces?: OwnOrder }
  /** What is held is less than the smallest order: nothing can protect or sell it, and nothing waits for it. */
  | { do: "writeOff"; quantity: number }

/** Whether an act leaves coins and what protects them alone. */
export function sellsNothing(act: Act | undefined): boolean {
  switch (act?.do) {
    case "ask":
    case "tell":
    case "drop":
    case "adopt":
    case "enter":
      return true
    case "cancel":
      return act.order.side === "buy"
    default:
      return false
  }
}

export type Settling = Extract<Act, { do: "ask" | "tell" }>

/** A buy that was to fill at once is cancelled after this long: not every exchange takes such an order with its stop. */
const MOST_RESTING_MS = 1_000

/** An entry that has filled in part waits this long for the rest before what it has is protected (trust.md, I4). */
const MOST_PARTLY_FILLED_MS = 2_000

/**
 * The next act that brings the exchange to what is wanted; undefined when it is there. It looks at what is, not at what
 * happened: after a crash the same acts follow. Doubt first, then what protects, then what sells, entries last.
 */
export function nextAct(at: Standing): Act | undefined {
  const sold = at.isTrading ? (closed(at) ?? protection(at)) : undefined
  return settled(at) ?? sold ?? tidy(at) ?? entries(at) ?? dust(at)
}

/** Asks about what nobody knows, and lets the engine know what has ended. */
export function settled({
  orders,
  booked,
  wants,
}: Pick<Standing, "orders" | "booked" | "wants">): Settling | undefined {
  const asked = orders.filter(
    (order) => isDoubtful(order) || isAhead(order, booked(order)) || hasLostItsEntry(order, orders),
  )
  // What was bought is booked before what was sold of it.
  const first = asked.find(({ side }) => side === "buy") ?? asked[0]
  if (first) return { do: "ask", order: first }
  const over = orders.find(hasEnded)
  return over && { do: "tell", order: over, end: endFor(over, wants) }
}

/** A stop that waits for an entry which has ended: by now it has started, or is gone. */
function hasLostItsEntry({ status, listId }: OwnOrder, orders: readonly OwnOrder[]): boolean {
  if (status !== "waiting") return false
  return !orders.some((other) => other.listId === listId && other.role === "entry" && !hasEnded(other))
}

/** The exchange has filled more of it than we have booked. */
function isAhead({ filledQuantity }: OwnOrder, booked: number): boolean {
  return Number(filledQuantity) - booked > Number(filledQuantity) * 1e-9
}

/** How the engine hears of an order's end; undefined when it waits for no word of it. */
function endFor({ intent, role, status }: OwnOrder, { stop, target }: MarketWants): LiveOrderEnd | undefined {
  if (intent === 0) return undefined
  // A stop or target that another one replaced; one that ended by itself is placed again.
  if (role === "stop" && stop?.id !== intent) return undefined
  if (role === "target" && (target?.id !== intent || status !== "filled")) return undefined
  if (role === "stop" && status !== "filled") return undefined
  return status === "filled"
    ? "filled"
    : status === "expired"
      ? "expired"
      : status === "cancelled"
        ? "cancelled"
        : "refused"
}

/** What is to be sold now, all or a part. The stop goes down to the rest first, or makes place for the sale of all. */
function closed(at: Standing): Act | undefined {
  const sale = wantedSale(at)
  if (!sale) return undefined
  const { orders, held } = at
  if (orders.some(({ role }) => role === sale.role || role === "exit")) return undefined
  const open = restingBuy(at)
  if (open) return { do: "cancel", order: open }
  const stop = activeStop(orders)
  const quantity = Math.min(sale.quantity, held)
  const rest = held - quantity
  if (rest < at.leastSale) return { do: "sell", ...sale, quantity: held, replaces: stop }
  const isInTheWay = stop !== undefined && leftOf(stop) > rest * (1 + 1e-9)
  if (isInTheWay && at.wants.stop) return { do: "protect", intent: at.wants.stop, quantity: rest, replaces: stop }
  return { do: "sell", ...sale, quantity }
}

type Sale = { intent: LiveIntent | undefined; role: "exit" | "target"; quantity: number }

function wantedSale(at: Standing): Sale | undefined {
  const { held, leastSale, isClosing, isEmergency, isTargetReached } = at
  const { exit, stop, target } = at.wants
  if (held <= 0 || held < leastSale) return undefined
  // What its owner wants sold is the owner's sale, whatever else would sell it.
  if (isClosing) return { intent: exit, role: "exit", quantity: held }
  if (isEmergency) return { intent: stop, role: "exit", quantity: held }
  if (exit) return { intent: exit, role: "exit", quantity: exit.quantity ?? held }
  return target && isTargetReached ? { intent: target, role: "target", quantity: target.quantity ?? held } : undefined
}

/** Whether more than dust is held that the wanted stop does not protect. */
export function isNaked({ wants, orders, held, leastSale }: Standing): boolean {
  const stop = activeStop(orders)
  return wants.stop !== undefined && held - (stop ? leftOf(stop) : 0) >= leastSale
}

function protection(at: Standing): Act | undefined {
  const { wants, orders, held, leastSale } = at
  if (!wants.stop || held < leastSale || orders.some(({ role }) => role === "exit" || role === "target"))
    return undefined
  const stop = activeStop(orders)
  if (stop) return isWhereWanted(stop, at) ? adopted(stop, wants.stop) : moved(at, stop)
  // The exchange starts the stop when all of the entry has filled.
  const entry = orders.find(({ role }) => role === "entry")
  const isItsOwn = orders.some(({ role, status }) => role === "stop" && status === "waiting")
  if (isItsOwn && entry) return at.partlyFilledMs >= MOST_PARTLY_FILLED_MS ? { do: "cancel", order: entry } : undefined
  return { do: "protect", intent: wants.stop, quantity: held }
}

function moved({ wants, held }: Standing, stop: OwnOrder): Act {
  return { do: "protect", intent: wants.stop!, quantity: held, replaces: stop }
}

function adopted(order: OwnOrder, intent: LiveIntent): Act | undefined {
  return order.intent === intent.id ? undefined : { do: "adopt", order, intent }
}

function isWhereWanted(order: OwnOrder, { wants, held, leastMove }: Standing): boolean {
  const wanted = wants.stop!.stopPrice!
  const isNear = Math.abs(Number(order.stopPrice) - wanted) < wanted * leastMove
  return (isNear || Number(order.stopPrice) === wanted) && Math.abs(leftOf(order) / held - 1) < 1e-9
}

/** Orders that nothing wants any more. */
function tidy(at: Standing): Act | undefined {
  const { wants, orders, held, leastSale } = at
  const waiting = at.mayEnter ? lateBuy(at) : restingBuy(at)
  if (waiting) return { do: "cancel", order: waiting }
  const stop = activeStop(orders)
  const second = orders.find((order) => order !== stop && order.role === "stop" && order.status === "open")
  if (second) return { do: "cancel", order: second }
  // One that covers what is held stays, however little that is worth by now: a new one may not be taken.
  const isTooMuch = stop !== undefined && leftOf(stop) > held * (1 + 1e-9)
  const isLeft = isTooMuch && held < leastSale && !orders.some(({ role }) => role === "entry")
  if (isLeft) return { do: "cancel", order: stop }
  for (const wish of [wants.entry, wants.add]) {
    if (!wish?.isCancelled) continue
    const order = orders.find(({ intent }) => intent === wish.intent.id)
    return order ? { do: "cancel", order } : { do: "drop", intent: wish.intent }
  }
  return undefined
}

function entries({ wants, orders, ...at }: Standing): Act | undefined {
  const { entry, add } = wants
  const mayEnter = at.mayEnter && at.isTrading
  const isOrdered = (intent: LiveIntent) => orders.some((order) => order.intent === intent.id)
  const waits = (intent: LiveIntent) => isOrdered(intent) || (mayEnter && isOutOfReach(intent, at))
  if (entry && !waits(entry.intent)) return orDrop(mayEnter, { do: "enter", intent: entry.intent, role: "entry" })
  if (add && !waits(add.intent)) return orDrop(mayEnter, { do: "enter", intent: add.intent, role: "add" })
  return undefined
}

function isOutOfReach({ limitPrice }: LiveIntent, { isTooFar }: Pick<Standing, "isTooFar">): boolean {
  return limitPrice !== undefined && isTooFar(limitPrice)
}

/** The buys that are ordered as soon as the exchange takes one at their price. */
export function outOfReach({ wants, orders, ...at }: Standing): LiveIntent[] {
  return [wants.entry, wants.add].flatMap((wanted) => {
    if (wanted === undefined || wanted.isCancelled || orders.some(({ intent }) => intent === wanted.intent.id))
      return []
    return isOutOfReach(wanted.intent, at) ? [wanted.intent] : []
  })
}

function dust(at: Standing): Act | undefined {
  const { orders, position, owned, leastSale, isAsked } = at
  return !isAsked && orders.length === 0 && position > 0 && owned < leastSale && !wasSellable(at)
    ? { do: "writeOff", quantity: position }
    : undefined
}

/** The exchange has taken an order as small as what is held: it is no dust, its smallest order was raised, or the price fell. */
function wasSellable({ owned, leastTaken }: Standing): boolean {
  return owned > 0 && owned >= leastTaken * (1 - 1e-9)
}

/** Whether what is held should be sold or protected, and is too small for that for now. */
export function isTooSmallNow(at: Standing): boolean {
  const { wants, orders, owned, leastSale, isClosing } = at
  if (owned >= leastSale || !wasSellable(at)) return false
  return isClosing || wants.exit !== undefined || (wants.stop !== undefined && activeStop(orders) === undefined)
}

function orDrop(may: boolean, act: Extract<Act, { do: "enter" }>): Act {
  return may ? act : { do: "drop", intent: act.intent }
}

/** A buy that still waits: it would buy again what is being sold. */
function restingBuy({ orders }: Standing): OwnOrder | undefined {
  return orders.find(isOpenBuy)
}

function lateBuy({ orders, restingMs }: Standing): OwnOrder | undefined {
  return restingMs >= MOST_RESTING_MS ? orders.find(isAtOnce) : undefined
}

/** An open buy that was to fill at once. */
export function isAtOnce(order: OwnOrder): boolean {
  return order.kind === "fill-or-kill" && isOpenBuy(order)
}

/** The stop that protects now; one that waits for its entry does not. */
export function activeStop(orders: readonly OwnOrder[]): OwnOrder | undefined {
  return orders.findLast(({ role, status }) => role === "stop" && status === "open")
}
