import type { Kysely } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"

type IdDeps = { database: Kysely<RelayTables>; nowMs: () => number; instanceId: string }

/**
 * The ids of orders. Each carries the installation, the number of its start (`epoch`) and the moment of it, so a store
 * that was copied or restored never sends an id again.
 */
export class OrderIds {
  readonly #prefix: string
  readonly #own: string
  #orders = 0

  private constructor(
    { nowMs, instanceId }: IdDeps,
    private readonly epoch: number,
  ) {
    this.#own = ownPrefix(instanceId)
    this.#prefix = `${this.#own}${epoch.toString(36)}-${startMark(nowMs())}-`
  }

  /** Begins a new epoch. */
  static async begin(deps: IdDeps): Promise<OrderIds> {
    const epoch = await deps.database.transaction().execute(async (transaction) => {
      const found = await transaction.selectFrom("order_epoch").select("epoch").executeTakeFirst()
      const row = { id: 1, epoch: (found?.epoch ?? 0) + 1 }
      if (found) await transaction.updateTable("order_epoch").set(row).execute()
      else await transaction.insertInto("order_epoch").values(row).execute()
      return row.epoch
    })
    return new OrderIds(deps, epoch)
  }

  /** An order id that was never used and never will be. */
  next(): string {
    return this.#prefix + (++this.#orders).toString(36)
  }

  /** Whether an order at the exchange is of a relay with a copy of this store that started beside us or after us. */
  isFromLaterStart(clientOrderId: string): boolean {
    if (!clientOrderId.startsWith(this.#own) || clientOrderId.startsWith(this.#prefix)) return false
    return Number.parseInt(clientOrderId.slice(this.#own.length), 36) >= this.epoch
  }

  /** Whether an order at the exchange is of a relay with this store, and of another start than this one. */
  isFromOtherStart(clientOrderId: string): boolean {
    return clientOrderId.startsWith(this.#own) && !clientOrderId.startsWith(this.#prefix)
  }

  /** Whether an order at the exchange is of a relay with a store of its own. */
  isFromOtherInstallation(clientOrderId: string): boolean {
    return anyPrefix.test(clientOrderId) && !clientOrderId.startsWith(this.#own)
  }
}

/** Whether an order at an exchange is of a relay, of whatever installation. */
export function isOfRelay(clientOrderId: string): boolean {
  return anyPrefix.test(clientOrderId)
}

/** How order ids of any installation begin. */
const anyPrefix = /^cw[0-9a-zA-Z]{1,8}-[0-9a-z]+-/

const MARK_LETTERS = 4

/** Tells two starts apart that count alike, since their stores are copies: they never begin in the same millisecond. */
function startMark(nowMs: number): string {
  return (Math.floor(nowMs) % 36 ** MARK_LETTERS).toString(36).padStart(MARK_LETTERS, "0")
}

/** Begins every order id of this installation. */
function ownPrefix(instanceId: string): string {
  return `cw${instanceId.replace(/[^0-9a-zA-Z]/g, "").slice(0, 8)}-`
}
