import { type Kysely, sql } from "kysely"
import type { RelayTables } from "../store/relay-schema.ts"
import { decimalText } from "./decimal-text.ts"

/** What trading in one market cost one bot. Amounts are decimal texts; `fees` by the asset they were paid in. */
export type Cost = {
  botId: string
  /** Null for a bot that was removed. */
  botName: string | null
  market: string
  fills: number
  tradedQuote: string
  fees: { asset: string; amount: string }[]
}

/** What an account's bots paid in fees, by bot and market: whoever traded most comes first. */
export async function costsOf(database: Kysely<RelayTables>, accountId: string): Promise<Cost[]> {
  const costs = new Map<string, Omit<Cost, "tradedQuote"> & { traded: number }>()
  for (const { botId, botName, market, asset, fills, fee, traded } of await sums(database, accountId)) {
    const key = `${botId} ${market}`
    const cost = costs.get(key) ?? { botId, botName, market, fills: 0, traded: 0, fees: [] }
    costs.set(key, { ...cost, fills: cost.fills + Number(fills), traded: cost.traded + traded })
    if (fee > 0) cost.fees.push({ asset, amount: decimalText(fee) })
  }
  return [...costs.values()]
    .toSorted((one, other) => other.traded - one.traded)
    .map(({ traded, ...cost }) => ({ ...cost, tradedQuote: decimalText(traded) }))
}

/** In binary: figures to look at, nothing is decided by them. */
function sums(database: Kysely<RelayTables>, accountId: string) {
  const [fee, price, quantity] = ["fee", "price", "quantity"].map(
    (column) => sql<number>`cast(${sql.ref(`bot_fill.${column}`)} as double precision)`,
  )
  return database
    .selectFrom("bot_fill")
    .leftJoin("bot", "bot.id", "bot_fill.bot_id")
    .select(["bot_fill.bot_id as botId", "bot_fill.market", "bot_fill.fee_asset as asset", "bot.name as botName"])
    .select((select) => [
      select.fn.countAll<number | string>().as("fills"),
      sql<number>`sum(${fee})`.as("fee"),
      sql<number>`sum(${price} * ${quantity})`.as("traded"),
    ])
    .where("bot_fill.account_id", "=", accountId)
    .groupBy(["bot_fill.bot_id", "bot_fill.market", "bot_fill.fee_asset", "bot.name"])
    .execute()
}
