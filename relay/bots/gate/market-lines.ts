import { timeframesMs } from "#engine/candles"
import type { StrategyDocument } from "#engine/strategy"
import { ExchangeUnreachable, type Market } from "../../guard/exchange.ts"
import type { AccountDesk } from "../account-desk.ts"
import { amount } from "../bot-view.ts"
import { refused } from "../deployment.ts"
import { MarketFacts } from "../market-facts.ts"
import { type GateLine, lineOf } from "./gate-line.ts"
import type { Checked } from "./go-live-gate.ts"
import { largestEntry } from "./largest-entry.ts"

/** Whether the exchange keeps a stop for each market, where the strategy has one. */
export async function stopLine(desk: AccountDesk, { strategy, markets }: Checked): Promise<GateLine> {
  if (!hasStop(strategy))
    return lineOf("stop", "markets", { words: "The strategy has no stop, and the account's settings allow that." })
  const without = (await known(desk, markets)).filter((market) => !keepsStops(market)).map(({ name }) => name)
  const { name } = desk.exchange
  return without.length === 0
    ? lineOf("stop", "markets", { words: `${name} keeps the stops while nobody watches.` })
    : lineOf("stop", "markets", {
        words: `${name} keeps no stop for ${without.join(", ")}: nothing would protect what is bought.`,
        todo: `Leave ${without.join(", ")} out.`,
      })
}

/** Whether an entry is large enough for each market's smallest order, with room for its stop. */
export async function minimumsLine(desk: AccountDesk, checked: Checked): Promise<GateLine> {
  const { markets, wanted } = checked
  const equity = await equityOf(desk, markets[0].split("/")[1])
  const small: string[] = []
  for (const market of await known(desk, markets)) {
    const minOrder = await smallestOrder(desk, market, checked)
    const { smallest, largest, decidedBy } = largestEntry(checked, { minOrder, equity })
    if (largest < smallest)
      small.push(
        `${market.name} wants ${rounded(smallest)} ${market.quote}, and ${decidedBy} allows ${rounded(largest)}`,
      )
  }
  return small.length === 0
    ? lineOf("minimums", "cash", {
        words: `With ${wanted.cash} an entry is large enough for each market's smallest order.`,
      })
    : lineOf("minimums", "cash", {
        words: `Entries would be too small: ${small.join("; ")}.`,
        todo: "Give the bot more money, let the strategy buy for more, or loosen that setting of the account.",
      })
}

/** Throws a `Refusal` for what could never trade, or never safely: on paper as with real money. */
export async function refuseImpossible(desk: AccountDesk, checked: Checked): Promise<void> {
  const { isMet, words, todo } = await stopLine(desk, checked)
  if (!isMet) throw refused("markets", `${words} ${todo} Nothing was started.`)
  const { cash } = checked.wanted
  for (const { name, quote, minNotional = "0" } of await known(desk, checked.markets))
    if (Number(cash) < Number(minNotional))
      throw refused(
        "cash",
        `The smallest order of ${name} is ${minNotional} ${quote}, so ${cash} buys nothing. Nothing was started.`,
      )
}

function hasStop({ protect, code }: StrategyDocument): boolean {
  return code !== undefined || protect.stopLoss.kind !== "none" || protect.trailing !== undefined
}

function keepsStops({ can: { orderKinds } }: Market): boolean {
  return orderKinds.includes("stop") || orderKinds.includes("stop-limit")
}

/** Those that the exchange has; another check names the others. */
async function known(desk: AccountDesk, names: readonly string[]): Promise<Market[]> {
  const found = await Promise.all(names.map((name) => desk.market(name)))
  return found.filter((market) => market !== undefined)
}

/** Quote currency, at the last price. */
async function smallestOrder({ exchange }: AccountDesk, market: Market, { strategy }: Checked): Promise<number> {
  const { timeframe } = strategy
  const nowMs = await exchange.serverTimeMs()
  const fromMs = nowMs - CANDLES_BACK * timeframesMs[timeframe]
  const last = (await exchange.closedCandles({ market: market.name, timeframe, fromMs, limit: CANDLES_BACK })).at(-1)
  if (last === undefined) throw new ExchangeUnreachable(`There are no candles of ${market.name} yet.`, "no-answer")
  const price = Number(last.close)
  return new MarketFacts(market).leastSale(price) * price
}

/** A market that nobody trades for a while still has a price. */
const CANDLES_BACK = 50

async function equityOf(desk: AccountDesk, quote: string): Promise<number> {
  const balance = (await desk.balances()).find(({ asset }) => asset === quote)
  const held = [...desk.runners].reduce((sum, runner) => sum + runner.invested(), 0)
  return Number(balance?.free ?? 0) + Number(balance?.locked ?? 0) + held
}

function rounded(value: number): string {
  return amount(Number(value.toPrecision(4)))
}
