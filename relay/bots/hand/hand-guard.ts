import { HOUR_MS, MINUTE_MS } from "#engine/candles"
import { clockWords } from "../../guard/clock-words.ts"
import { checkEntry, PRICE_BAND } from "../../guard/entry-check.ts"
import type { History } from "../../ledger/history.ts"
import type { Ledger } from "../../ledger/ledger.ts"
import { hasEnded, isByHand, isDoubtful, leftOf, type OwnOrder } from "../../ledger/own-order.ts"
import type { AccountDesk } from "../account-desk.ts"
import type { MarketFacts } from "../market-facts.ts"
import { type HandTerms, notAllowed, short, type WantedByHand, wrong } from "./hand-order.ts"

/** The last price, and how many minutes old it is; undefined while nobody knows how late it is. */
export type SeenPrice = { price: number; ageMinutes: number | undefined }

/** What the price is looked at for. */
type SeenFor = Pick<WantedByHand, "market" | "side">

const LOOKS_BACK_MS = 10 * MINUTE_MS
/** Of a market that was quiet for longer the last price is good enough to sell by (trust.md, I7). */
const LOOKS_FAR_BACK_MS = 12 * HOUR_MS
const MOST_MINUTES = LOOKS_FAR_BACK_MS / MINUTE_MS

/** The close of the last minute that has ended. Throws a `Refusal` where there was none for a while; a sale goes by an old one too. */
export async function seenPrice(account: AccountDesk, { market, side }: SeenFor): Promise<SeenPrice> {
  const { exchange } = account
  const serverMs = await exchange.serverTimeMs()
  const clockFault = clockWords(exchange.clockErrorMs(), exchange.name)
  if (side === "buy" && clockFault !== undefined) throw notAllowed(clockFault)
  const lastSince = async (fromMs: number) =>
    (await exchange.closedCandles({ market, timeframe: "1m", fromMs, limit: MOST_MINUTES })).at(-1)
  const recent = await lastSince(serverMs - LOOKS_BACK_MS)
  const last = recent ?? (side === "sell" ? await lastSince(serverMs - LOOKS_FAR_BACK_MS) : undefined)
  if (last === undefined)
    throw notAllowed(`nobody has traded ${market} for ${silentFor(side)}, so there is no price to go by`)
  const endMs = last.openTimeMs + MINUTE_MS
  account.heardTime(endMs)
  const knownMs = account.knownMs()
  return { price: Number(last.close), ageMinutes: knownMs === undefined ? undefined : (knownMs - endMs) / MINUTE_MS }
}

/**
 * Throws a `Refusal` where the account's settings or the moment do not allow the buy as it is: nothing is made smaller.
 * Where they do, it is reserved until what is returned is called.
 */
export async function refuseForbiddenBuy(
  account: AccountDesk,
  { order, stop }: HandTerms,
  { facts, seen, killSwitch }: { facts: MarketFacts; seen: SeenPrice; killSwitch: { isOn: boolean } },
): Promise<() => void> {
  const { name: market, quote, base } = facts.market
  const risk = await account.risk()
  const [quantity, price] = [Number(order.quantity), order.kind === "limit" ? Number(order.price) : seen.price]
  const stopPrice = stop && Number(stop.stopPrice)
  const free = Number((await account.exchange.balances()).find(({ asset }) => asset === quote)?.free ?? 0)
  return account.decide(market, risk, (exposure) => {
    const verdict = checkEntry({ market, quantity, price, stopPrice, isMore: false }, risk, exposure, {
      isKilled: killSwitch.isOn,
      candleAge: seen.ageMinutes,
      clockErrorMs: account.exchange.clockErrorMs(),
      price: seen.price,
    })
    if (!verdict.ok) throw notAllowed(verdict.because)
    if (verdict.quantity < quantity)
      throw notAllowed(`${verdict.decidedBy} allows at most ${facts.quantity(verdict.quantity)} ${base}`)
    const left = Math.max(0, free - account.cash.promised(quote))
    if (quantity * price > left)
      throw notAllowed(
        `it costs about ${short(quantity * price)} ${quote}, and ${short(left)} ${quote} are free that no bot was given`,
      )
    return account.atRisk.reserve({ market, value: quantity * price })
  })
}

function silentFor(side: SeenFor["side"]): string {
  return side === "buy" ? `${LOOKS_BACK_MS / MINUTE_MS} minutes` : `${LOOKS_FAR_BACK_MS / HOUR_MS} hours`
}

/** Throws a `Refusal` for a sale far below the last price. */
export function refuseSlip({ side, price }: WantedByHand, seen: SeenPrice): void {
  if (side === "sell" && price !== undefined && Number(price) < seen.price * (1 - PRICE_BAND))
    throw wrong("price", `The price is more than ${PRICE_BAND * 100} % below the market's ${short(seen.price)}.`)
}

/** Throws a `Refusal` where the sale would sell what bots hold: their stops would have nothing left to sell. */
export async function refuseOthersCoins(
  account: AccountDesk,
  quantity: string,
  { facts, accountId, ledger, history }: { facts: MarketFacts; accountId: string; ledger: Ledger; history: History },
): Promise<void> {
  const { base } = facts.market
  const isOfBase = ({ market }: { market: string }) => market.startsWith(`${base}/`)
  const free = Number((await account.exchange.balances()).find(({ asset }) => asset === base)?.free ?? 0)
  const held = sum((await history.positions(accountId)).filter(isOfBase).map((position) => Number(position.quantity)))
  const orders = (await ledger.openOrdersOf(accountId)).filter((order) => isOfBase(order) && !isByHand(order))
  const theirs =
    Math.max(0, held - sum(orders.filter(isLocking).map(leftOf))) + sum(orders.filter(mayHaveBought).map(leftOf))
  const most = Math.max(0, free - theirs)
  if (Number(quantity) <= most * (1 + 1e-9)) return
  const because =
    theirs > 0
      ? `${short(free)} ${base} are free, and ${short(theirs)} of them belong to bots`
      : `${short(free)} ${base} are free`
  const next = theirs > 0 ? "; to sell a bot's coins, close the bot" : ""
  throw notAllowed(`${because}. At most ${facts.quantity(most)} ${base} can be sold by hand${next}`)
}

/** A sale of a bot that waits: its coins are not among the free ones. */
function isLocking({ side, status }: OwnOrder): boolean {
  return side === "sell" && status === "open"
}

/** A bot's buy of which nobody knows: its coins may be there already. */
function mayHaveBought(order: OwnOrder): boolean {
  return order.side === "buy" && isDoubtful(order) && !hasEnded(order)
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
