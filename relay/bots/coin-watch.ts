import { type Difference, missingIn } from "../ledger/difference.ts"
import { claimsName, coinsOf, isAlmost, nameOf, sharesOf } from "./coin-claims.ts"
import { coinWords } from "./coin-words.ts"
import { fenceMsOf } from "./fence.ts"
import { differenceIn, type MarketDesk } from "./market-desk.ts"
import type { OpenedBot } from "./opened-bot.ts"
import { MOST_FEE } from "./order-terms.ts"

const LOOK_EVERY_MS = 20_000
/** The second look comes this much later than anything that was on its way at the first. */
const AFTER_FENCE_MS = 500

/** What was read of one market: what is missing there, base units, and what all bots of the account held then. */
type Seen = { atMs: number; claims: string; missing: number }

/** Balances are read after a time, or whatever is on its way. */
type Reading = { afterMs?: number; isAnytime?: boolean }

/**
 * Compares what a bot holds with what its account has. Coins that are missing in two reads, with nothing on its way and
 * nothing changed between them, were sold or moved by hand: they are not sold again, and the owner is asked.
 */
export class CoinWatch {
  readonly #first = new Map<MarketDesk, Seen>()
  readonly #dueMs = new Map<MarketDesk, number>()
  readonly #claims = new Map<MarketDesk, { claims: string; sinceMs: number }>()

  /** What was read while something was on its way proves nothing. */
  readonly #fenceMs: number

  constructor(private readonly opened: OpenedBot) {
    this.#fenceMs = fenceMsOf(opened.account.exchange)
  }

  /** Looks at every market that is due. */
  async look(): Promise<void> {
    const nowMs = this.#steadyMs()
    for (const desk of this.opened.desks)
      if (nowMs >= (this.#dueMs.get(desk) ?? 0)) this.#dueMs.set(desk, nowMs + (await this.#lookAt(desk)))
  }

  /**
   * The exchange refused a sale because coins are missing: no more than there is now is tried from here on. False where
   * the exchange says that all of it is there.
   */
  async notice(desk: MarketDesk): Promise<boolean> {
    this.#dueMs.delete(desk)
    const seen = await this.#read(desk, { afterMs: this.#steadyMs(), isAnytime: true })
    if (seen === undefined || seen.missing <= desk.missing * (1 + 1e-9)) return false
    desk.missing = seen.missing
    return true
  }

  /** What is missing by one look; undefined while something is on its way, or the exchange does not answer. */
  async missingNow(desk: MarketDesk): Promise<number | undefined> {
    return (await this.#read(desk, { afterMs: this.#steadyMs() }))?.missing
  }

  /** Returns when to look again, milliseconds. */
  async #lookAt(desk: MarketDesk): Promise<number> {
    // What the backup did not know comes first.
    if (desk.isBeforeLook) return 0
    const isIdle = this.opened.held(desk) === 0 && desk.missing === 0 && desk.difference === undefined
    if (isIdle) return LOOK_EVERY_MS
    const first = this.#first.get(desk)
    if (first === undefined && (await this.#isAllThere(desk))) return LOOK_EVERY_MS
    this.#first.delete(desk)
    const seen = await this.#read(desk, first && { afterMs: first.atMs + this.#fenceMs })
    if (seen === undefined) return 0
    if (this.#isKnown(desk, seen)) return LOOK_EVERY_MS
    const isSame = first?.claims === seen.claims && isAlmost(first.missing, seen.missing)
    if (!isSame) this.#first.set(desk, seen)
    else if (seen.atMs - first.atMs > this.#fenceMs) await this.#confirm(desk, seen.missing)
    else this.#first.set(desk, first)
    return this.#fenceMs + AFTER_FENCE_MS
  }

  /** Whether a look that costs little shows nothing missing where nothing is known to be. */
  async #isAllThere(desk: MarketDesk): Promise<boolean> {
    if (desk.missing > 0 || desk.difference !== undefined) return false
    const { account, bot } = this.opened.parts
    const shares = await account.roughShares(desk.facts.market.base).catch(() => undefined)
    const held = this.opened.held(desk)
    return (shares?.get(nameOf({ botId: bot.id, market: desk.name })) ?? 0) >= held * (1 - 1e-9)
  }

  async #read(desk: MarketDesk, { afterMs, isAnytime = false }: Reading = {}): Promise<Seen | undefined> {
    const { account, bot } = this.opened.parts
    const { base } = desk.facts.market
    const before = account.claims(base)
    if (before === undefined || !(isAnytime || before.every(({ isSettled }) => isSettled))) return undefined
    const name = claimsName(before)
    // An exchange that does not answer is asked again the next time.
    const balances = await account.balancesAfter(afterMs ?? this.#sinceMs(desk, name)).catch(() => undefined)
    const claims = account.claims(base)
    if (balances === undefined || claims === undefined || claimsName(claims) !== name) return undefined
    const shares = sharesOf(claims, coinsOf(balances.all, base))
    const own = claims.find((claim) => nameOf(claim) === nameOf({ botId: bot.id, market: desk.name }))
    const [held, unseen] = own === undefined ? [0, 0] : [own.held, own.held - shares.get(own)!]
    const missing = Math.max(unseen, Math.min(held, desk.difference?.soldQuantity ?? 0))
    return { atMs: balances.atMs, claims: name, missing: missing <= held * 1e-9 ? 0 : missing }
  }

  /** Since when the claims on a market's coin are what they are: what was read before says nothing about them. */
  #sinceMs(desk: MarketDesk, claims: string): number {
    const known = this.#claims.get(desk)
    if (known?.claims === claims) return known.sinceMs
    const sinceMs = this.#steadyMs()
    this.#claims.set(desk, { claims, sinceMs })
    return sinceMs
  }

  /** Whether it is as it was found before. */
  #isKnown(desk: MarketDesk, { missing }: Seen): boolean {
    const { difference } = desk
    if (!isAlmost(desk.missing, missing) || (difference !== undefined) !== this.#isWorthAsking(desk, missing))
      return false
    if (difference === undefined) return true
    return isAlmost(difference.botQuantity, this.opened.held(desk)) && isAlmost(missingIn(difference), missing)
  }

  #isWorthAsking(desk: MarketDesk, missing: number): boolean {
    return isWorthAsking(desk, { held: this.opened.held(desk), missing })
  }

  /** It is certain: what is missing is never sold, and the owner is asked or hears that it is back. */
  async #confirm(desk: MarketDesk, missing: number): Promise<void> {
    const { opened } = this
    const known = desk.difference
    desk.missing = missing
    if (!this.#isWorthAsking(desk, missing)) {
      if (known)
        await opened.keep([coinWords.back(desk, opened.held(desk), missingIn(known))], differenceIn(desk, undefined))
      return
    }
    const held = opened.held(desk)
    const isMoved = known === undefined || this.#isWorthAsking(desk, Math.abs(missing - missingIn(known)))
    const is: Difference = {
      id: known?.id ?? newDifferenceId(opened),
      market: desk.name,
      botQuantity: held,
      exchangeQuantity: held - missing,
      soldQuantity: known?.soldQuantity ?? 0,
      sinceMs: known?.sinceMs ?? opened.parts.surroundings.nowMs(),
      isIgnored: known !== undefined && known.isIgnored && !isMoved,
    }
    await opened.keep(
      isMoved ? [coinWords.missing(desk, is, known ? missingIn(known) - missing : 0)] : [],
      differenceIn(desk, is),
    )
  }

  #steadyMs(): number {
    return this.opened.parts.surroundings.steadyMs()
  }
}

/** More than a step of the market and what fees in the coin may have taken. */
export function isWorthAsking(desk: MarketDesk, { held, missing }: { held: number; missing: number }): boolean {
  return missing > Number(desk.facts.market.quantityStep) + held * MOST_FEE
}

export function newDifferenceId({ parts }: OpenedBot): string {
  return Buffer.from(parts.surroundings.secretBytes(8)).toString("hex")
}
