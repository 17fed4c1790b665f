import type { Kysely, Selectable, Transaction } from "kysely"
import type { BotDifferenceTable } from "../store/ledger-schema.ts"
import type { RelayTables } from "../store/relay-schema.ts"
import type { BotRecord } from "./bot-record.ts"
import { decimalText } from "./decimal-text.ts"

/** The exchange has less of a market than a bot holds: coins were sold or moved by hand. Base units. */
export type Difference = {
  id: string
  market: string
  botQuantity: number
  exchangeQuantity: number
  /** What of it is certainly sold, by orders after the backup that was restored: other coins of the account are its owner's. */
  soldQuantity: number
  sinceMs: number
  /** Its owner knows, and does not want to be asked again. */
  isIgnored: boolean
}

export type KeptDifference = Difference & Pick<BotRecord, "accountId"> & { botId: string }

/** What the bot holds and the exchange does not have. */
export function missingIn({ botQuantity, exchangeQuantity }: Difference): number {
  return botQuantity - exchangeQuantity
}

/** Those that are open, of one bot or of all, the newest first. */
export async function differencesIn(
  database: Kysely<RelayTables>,
  { botId }: { botId?: string } = {},
): Promise<KeptDifference[]> {
  let query = database.selectFrom("bot_difference").selectAll()
  if (botId !== undefined) query = query.where("bot_id", "=", botId)
  return (await query.orderBy("since_ms", "desc").orderBy("id").execute()).map(differenceFromRow)
}

/** Puts what is known of a market in the place of what was; nothing where the two agree. */
export async function keepDifference(
  transaction: Transaction<RelayTables>,
  { id, accountId }: Pick<BotRecord, "id" | "accountId">,
  { market, is }: { market: string; is: Difference | undefined },
): Promise<void> {
  await transaction.deleteFrom("bot_difference").where("bot_id", "=", id).where("market", "=", market).execute()
  if (is === undefined) return
  const row = {
    id: is.id,
    bot_id: id,
    account_id: accountId,
    market,
    bot_quantity: decimalText(is.botQuantity),
    exchange_quantity: decimalText(is.exchangeQuantity),
    sold_quantity: decimalText(is.soldQuantity),
    since_ms: is.sinceMs,
    is_ignored: is.isIgnored ? 1 : 0,
  }
  await transaction.insertInto("bot_difference").values(row).execute()
}

function differenceFromRow(row: Selectable<BotDifferenceTable>): KeptDifference {
  return {
    id: row.id,
    botId: row.bot_id,
    accountId: row.account_id,
    market: row.market,
    botQuantity: Number(row.bot_quantity),
    exchangeQuantity: Number(row.exchange_quantity),
    soldQuantity: Number(row.sold_quantity ?? 0),
    sinceMs: row.since_ms,
    isIgnored: row.is_ignored === 1,
  }
}
