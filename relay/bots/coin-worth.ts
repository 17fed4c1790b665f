import type { VenueId } from "#venues"
import type { PublicMarkets } from "../desk/public-markets.ts"
import { Refusal } from "../door/refusal.ts"
import type { Balance } from "../exchange/exchange.ts"
import { decimalText, type Exact, exactFrom, exactText, product } from "../ledger/decimal-text.ts"
import type { Surroundings } from "../surroundings.ts"

/** What an amount of a coin would bring in another at a price of this time; null where none is needed. Decimal texts. */
export type Worth = { quote: string; amount: string; priceMs: number | null }
/** All that has a price together, and the coins that have none. */
export type TotalWorth = Worth & { without: string[] }

type Priced = { price: string; timeMs: number }
type WorthDeps = {
  publicMarkets: Pick<PublicMarkets, "find" | "ticker" | "timeMs">
  surroundings: Pick<Surroundings, "steadyMs">
}

/** Coins that bring prices with them, the usual first. */
const quotes = ["USDT", "USDC", "USD", "FDUSD", "EUR", "TUSD", "TRY"]
const PRICE_FOR_MS = 15_000
/** The prices of so many coins are asked for; more have none. */
const MOST_PRICED = 20
/** Prices remembered at once. */
const MOST_KNOWN = 500
const WORTH_PLACES = 8

/** What balances are worth in the money that the account has most of, by their exchange's last prices. */
export class CoinWorth {
  readonly #known = new Map<string, { atMs: number; priced: Promise<Priced | undefined> }>()

  constructor(private readonly deps: WorthDeps) {}

  async of(venue: VenueId, balances: readonly Balance[]): Promise<{ each: (Worth | null)[]; total: TotalWorth }> {
    const quote = quoteOf(balances)
    const priced = await Promise.all(balances.map(({ asset }, n) => this.#price(venue, asset, { quote, n })))
    const amounts = balances.map((one, n) => worthOf(one, quote, priced[n]))
    const each = amounts.map((amount, n): Worth | null =>
      amount === undefined
        ? null
        : { quote, amount: exactText(amount, WORTH_PLACES), priceMs: priced[n]?.timeMs ?? null },
    )
    const times = each.flatMap((worth) => worth?.priceMs ?? [])
    const sum = amounts.reduce<Exact>((all, amount = 0n) => all + amount, 0n)
    const without = balances.filter((_, n) => amounts[n] === undefined).map(({ asset }) => asset)
    const priceMs = times.length === 0 ? null : Math.min(...times)
    return { each, total: { quote, amount: exactText(sum, WORTH_PLACES), priceMs, without } }
  }

  async #price(venue: VenueId, asset: string, { quote, n }: { quote: string; n: number }) {
    if (asset === quote || n >= MOST_PRICED) return undefined
    const name = `${venue} ${asset}/${quote}`
    const nowMs = this.deps.surroundings.steadyMs()
    const known = this.#known.get(name)
    if (known && nowMs - known.atMs < PRICE_FOR_MS) return known.priced
    if (this.#known.size >= MOST_KNOWN) this.#known.clear()
    const priced = this.#asked(venue, `${asset}/${quote}`)
    this.#known.set(name, { atMs: nowMs, priced })
    priced.catch(() => this.#known.delete(name))
    return priced
  }

  /** Undefined where the exchange has no such market, or does not answer: what the account has is answered all the same. */
  async #asked(venue: VenueId, market: string): Promise<Priced | undefined> {
    try {
      const found = await this.deps.publicMarkets.find(venue, market)
      const { price, timeMs } = await this.deps.publicMarkets.ticker(found)
      return { price: decimalText(price), timeMs: timeMs ?? (await this.deps.publicMarkets.timeMs(venue)) }
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }
}

function quoteOf(balances: readonly Balance[]): string {
  const held = (asset: string) => allOf(balances.find((one) => one.asset === asset) ?? { free: "0", locked: "0" })
  return quotes.reduce((most, quote) => (held(quote) > held(most) ? quote : most))
}

function worthOf(balance: Balance, quote: string, priced: Priced | undefined): Exact | undefined {
  if (balance.asset === quote) return allOf(balance)
  return priced && product(allOf(balance), exactFrom(priced.price))
}

function allOf({ free, locked }: Pick<Balance, "free" | "locked">): Exact {
  return exactFrom(free) + exactFrom(locked)
}
