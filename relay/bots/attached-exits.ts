import type { Ledger } from "../ledger/ledger.ts"

/**
 * Exits of an account that the exchange made of entries and named itself. Those of two entries with the same stop look
 * the same: each belongs to the order that found it first.
 */
export class AttachedExits {
  readonly #owners = new Map<string, string>()

  constructor(
    private readonly accountId: string,
    private readonly ledger: Pick<Ledger, "numbersOfBots">,
  ) {}

  /** Whether an exit is this order's from now on: it is not where another one has it. */
  async claim(exchangeOrderId: string, clientOrderId: string): Promise<boolean> {
    const isKept = await this.#isKept(exchangeOrderId)
    const owner = this.#owners.get(exchangeOrderId)
    if (owner !== undefined) return owner === clientOrderId
    this.#owners.set(exchangeOrderId, isKept ? ANOTHER : clientOrderId)
    return !isKept
  }

  /** On our disk, from this life or one before. */
  async #isKept(exchangeOrderId: string): Promise<boolean> {
    return (await this.ledger.numbersOfBots(this.accountId, [exchangeOrderId])).size > 0
  }
}

/** Whoever it is, it has no order that still looks for its number. */
const ANOTHER = ""
