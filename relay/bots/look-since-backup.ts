import type { Difference } from "../ledger/difference.ts"
import { type CoinClaim, claimsOf, sharesOf } from "./coin-claims.ts"
import { isWorthAsking, newDifferenceId } from "./coin-watch.ts"
import { coinWords } from "./coin-words.ts"
import { differenceIn, type MarketDesk } from "./market-desk.ts"
import type { OpenedBot } from "./opened-bot.ts"

/** So long the other bots of the account may take to say what they hold; then it is judged without them. */
const OTHERS_WITHIN_MS = 30_000

/**
 * After a restore, finds out what of a bot's coins was sold after the backup, before anything is sold or protected: its
 * owner's coins of the kind would go else.
 */
export class LookSinceBackup {
  readonly #sinceMs = new Map<MarketDesk, number>()

  constructor(private readonly opened: OpenedBot) {}

  /** Whether it is known; else it is tried again soon. Throws `ExchangeUnreachable`. */
  async look(desk: MarketDesk): Promise<boolean> {
    const { account } = this.opened.parts
    const sold = await account.soldSinceBackup.in(desk.name)
    const claims = this.#claims(desk)
    if (claims === undefined) return false
    // From here to the count nothing else happens: two bots never take on the same sale.
    const held = this.opened.held(desk)
    const own = claims.find(({ botId }) => botId === this.opened.parts.bot.id)
    const gone = own === undefined ? 0 : held - own.missing - shareAfter(claims, own, sold.left)
    sold.left -= gone
    await this.#keep(desk, { held, gone })
    desk.isBeforeLook = false
    return true
  }

  /** What bots hold in the market of which it is not known what was sold; undefined while one has yet to say. */
  #claims(desk: MarketDesk): CoinClaim[] | undefined {
    const { account, surroundings } = this.opened.parts
    const { base } = desk.facts.market
    const all = account.claims(base)
    if (all?.every(({ isSettled }) => isSettled)) return all.filter(({ market }) => market === desk.name)
    const sinceMs = this.#sinceMs.get(desk) ?? surroundings.steadyMs()
    this.#sinceMs.set(desk, sinceMs)
    const isOver = surroundings.steadyMs() - sinceMs > OTHERS_WITHIN_MS
    return isOver ? claimsOf(this.opened, base).filter(({ market }) => market === desk.name) : undefined
  }

  async #keep(desk: MarketDesk, { held, gone }: { held: number; gone: number }): Promise<void> {
    const { ledger, surroundings } = this.opened.parts
    const restoredMarket = { market: desk.name, restoredMs: ledger.restored!.restoredMs }
    if (!isWorthAsking(desk, { held, missing: gone })) return this.opened.keep([], { restoredMarket })
    const { difference: known } = desk
    desk.missing += gone
    const is: Difference = {
      id: known?.id ?? newDifferenceId(this.opened),
      market: desk.name,
      botQuantity: held,
      exchangeQuantity: held - desk.missing,
      soldQuantity: gone,
      sinceMs: known?.sinceMs ?? surroundings.nowMs(),
      isIgnored: false,
    }
    await this.opened.keep([coinWords.missing(desk, is, 0)], { restoredMarket, ...differenceIn(desk, is) })
  }
}

/** What is there for one claim once so much is sold: what a stop of its own still locks is there. */
function shareAfter(claims: readonly CoinClaim[], own: CoinClaim, sold: number): number {
  // What another has taken on is missing already, and changes nobody's turn.
  const net = claims.map((claim) => ({ ...claim, held: claim.held - claim.missing, missing: 0 }))
  const sum = (of: (claim: CoinClaim) => number) => net.reduce((total, claim) => total + of(claim), 0)
  const locked = sum((claim) => Math.min(claim.held, claim.locked))
  return sharesOf(net, { free: sum(({ held }) => held) - sold - locked, locked }).get(net[claims.indexOf(own)])!
}
