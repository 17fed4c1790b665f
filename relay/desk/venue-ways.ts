import { type Venue, type VenueId, venueOf } from "#venues"
import { followsRealPrices } from "../accounts/exchange-kind.ts"
import { type KeyUser, paperLater } from "../accounts/key-check.ts"
import { Refusal } from "../door/refusal.ts"
import type { VenueAccess } from "../exchange/ccxt/ccxt-client.ts"
import { budgetRules, type BudgetRules, WeightBudget } from "../exchange/ccxt/weight-budget.ts"
import type { PaperAddresses, PaperExchange } from "../exchange/paper-exchange.ts"
import type { PracticeExchange } from "../exchange/practice-exchange.ts"
import type { Surroundings } from "../surroundings.ts"

/** How an account's exchange is reached; all ways to one address share its budget. */
export type Way = Pick<VenueAccess, "venue" | "name" | "isTestnet" | "addresses" | "isStandIn" | "budget">

export type Reachable = {
  /** The real ones, or their stand-ins. */
  venues: readonly Venue[]
  /** Undefined when it is switched off or could not start. */
  practice: PracticeExchange | undefined
  /** Made-up money at Binance's real prices; undefined where nothing of the kind can run. */
  paper?: Pick<PaperExchange, "addresses">
}

/** What the practice exchange allows this computer. */
const practiceRules: BudgetRules = { windowMs: 60_000, mostWeight: 60_000 }
const PRACTICE_BACK_S = 10

/** The ways to the exchanges of accounts: the real ones, their test networks, stand-ins, and the practice exchange. */
export class VenueWays {
  readonly #budgets = new Map<string, WeightBudget>()

  constructor(private readonly deps: Reachable & { surroundings: Surroundings }) {}

  /** Throws a `Refusal` where there is none. */
  to({ venue, mode }: KeyUser): Way {
    if (venue === "practice") return this.#toOwn(practiceOf(this.deps), venueOf("practice").name)
    if (followsRealPrices({ venue, mode })) return this.#toOwn(paperOf(this.deps, venue), "Binance on paper")
    const { standIn, rest, name } = this.deps.venues.find(({ id }) => id === venue) ?? venueOf(venue)
    const rules = budgetRules[venue]
    if (standIn === undefined) {
      const isTestnet = mode === "testnet"
      const shown = isTestnet ? `${name}'s test network` : name
      return { venue, name: shown, isTestnet, budget: this.#budget(`${venue} ${mode}`, rules) }
    }
    const [restPath, streamPath] = venue === "binance" ? ["/api/v3", "/ws"] : ["", ""]
    const addresses = { rest: rest[0] + restPath, stream: standIn.stream + streamPath, wsApi: standIn.wsApi }
    return { venue, name: `${name} (stand-in)`, addresses, isStandIn: true, budget: this.#budget(rest[0], rules) }
  }

  #toOwn({ rest, stream, wsApi }: Pick<PaperAddresses, "rest" | "stream" | "wsApi">, name: string): Way {
    const budget = this.#budget(rest, practiceRules)
    return { venue: "binance", name, addresses: { rest, stream, wsApi }, isStandIn: true, budget }
  }

  #budget(address: string, rules: BudgetRules): WeightBudget {
    const known = this.#budgets.get(address) ?? new WeightBudget(this.deps.surroundings, rules)
    this.#budgets.set(address, known)
    return known
  }
}

/** Where the paper exchange of a venue is; throws a `Refusal` without one. */
export function paperOf({ paper }: Pick<Reachable, "paper">, venue: VenueId): PaperAddresses {
  if (venue !== "binance" || paper?.addresses === undefined) throw paperLater(venue)
  return paper.addresses
}

/** The practice exchange; throws a `Refusal` without one. */
export function practiceOf({ practice }: Pick<Reachable, "practice">): PracticeExchange {
  if (practice !== undefined) return practice
  throw new Refusal(
    503,
    "exchange-away",
    "The practice exchange is not running here. Nothing is lost; restart Candlewright to have it back.",
    { retryAfterS: PRACTICE_BACK_S },
  )
}
