import type { Kysely, Selectable, Transaction } from "kysely"
import { DAY_MS } from "#engine/candles"
import type { HandRequestTable } from "../store/ledger-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"

/** An order by hand as somebody asked for it, under a key of theirs. */
export type HandRequest = {
  accountId: string
  key: string
  /** sha256 of what was wanted: the same key never stands for anything else. */
  wanted: string
  clientOrderId: string
  /** What was changed to fit the market, in sentences. */
  changed: string[]
  /** What was answered; undefined while something about it is open. */
  answer?: HandAnswer
  createdMs: number
}

/** What somebody who orders by hand hears: 201 the exchange has said, 202 nobody knows yet, 422 it did not take it. */
export type HandAnswer = { status: 201 | 202 | 422; body: object }

/** A key is remembered for so long after its answer. */
const KEPT_MS = 30 * DAY_MS

/** Which order each key has made. */
export class HandRequests {
  constructor(private readonly database: Kysely<RelayTables>) {}

  async find(accountId: string, key: string): Promise<HandRequest | undefined> {
    const rows = this.database.selectFrom("hand_request").selectAll().where("account_id", "=", accountId)
    const row = await rows.where("key", "=", key).executeTakeFirst()
    return row && requestFromRow(row)
  }

  /** Keeps it with the order it makes; old ones go. */
  async add(request: HandRequest, transaction: Transaction<RelayTables>): Promise<void> {
    await transaction
      .deleteFrom("hand_request")
      .where("account_id", "=", request.accountId)
      .where("created_ms", "<", request.createdMs - KEPT_MS)
      .where("answer", "is not", null)
      .execute()
    await transaction
      .insertInto("hand_request")
      .values({
        account_id: request.accountId,
        key: request.key,
        wanted: request.wanted,
        client_order_id: request.clientOrderId,
        changed: JSON.stringify(request.changed),
        answer: null,
        created_ms: request.createdMs,
      })
      .execute()
  }

  /** What was answered for good. */
  async answered({ accountId, key }: Pick<HandRequest, "accountId" | "key">, answer: object): Promise<void> {
    const rows = this.database.updateTable("hand_request").set({ answer: JSON.stringify(answer) })
    await rows.where("account_id", "=", accountId).where("key", "=", key).execute()
  }

  /** Accounts with orders by hand whose end is not known. */
  async accounts(): Promise<string[]> {
    const orders = this.database.selectFrom("bot_order").select("account_id").distinct()
    const rows = await orders.where("is_told", "=", 0).where("bot_id", "like", "hand-%").execute()
    return rows.map(({ account_id }) => account_id)
  }
}

function requestFromRow(row: Selectable<HandRequestTable>): HandRequest {
  return {
    accountId: row.account_id,
    key: row.key,
    wanted: row.wanted,
    clientOrderId: row.client_order_id,
    changed: JSON.parse(row.changed) as string[],
    answer: row.answer === null ? undefined : (JSON.parse(row.answer) as HandRequest["answer"]),
    createdMs: row.created_ms,
  }
}
