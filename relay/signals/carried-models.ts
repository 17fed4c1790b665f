import { type ForecastModel, type StrategyDocument, strategyFromJson } from "#engine/strategy"
import type { VenueId } from "#venues"
import type { Accounts } from "../accounts/accounts.ts"
import type { BotRecord } from "../ledger/bot-record.ts"
import type { Ledger } from "../ledger/ledger.ts"

/** A bot whose document carries models, at whose exchange it trades. */
export type CarryingBot = {
  bot: Pick<BotRecord, "id" | "name" | "accountId" | "markets" | "params" | "cash" | "status">
  venue: VenueId
  document: StrategyDocument & { models: Record<string, ForecastModel> }
}

type CarriedDeps = { ledger: Pick<Ledger, "bots">; accounts: Pick<Accounts, "find"> }

/** Bots that have not ended and carry models. */
export async function carryingBots({ ledger, accounts }: CarriedDeps): Promise<CarryingBot[]> {
  const found = (await ledger.bots()).map(async ({ document, ...bot }): Promise<CarryingBot[]> => {
    if (bot.status === "stopped" || !document.includes('"models"')) return []
    const [read, account] = [strategyFromJson(document), await accounts.find(bot.accountId)]
    const models = read.ok ? read.strategy.models : undefined
    if (!read.ok || account === undefined || models === undefined) return []
    return [{ bot, venue: account.venue, document: { ...read.strategy, models } }]
  })
  return (await Promise.all(found)).flat()
}

/** The models of a carrying bot. */
export function modelsOf({ document }: CarryingBot): ForecastModel[] {
  return Object.values(document.models)
}

/** Whether one model is another's later or earlier version: the same question, asked of other candles. */
export function isSameQuestion(one: ForecastModel, other: ForecastModel): boolean {
  const question = ({ name, kind, target, horizonCandles, timeframe, features }: ForecastModel) =>
    JSON.stringify([name, kind, target, horizonCandles, timeframe, features])
  return question(one) === question(other)
}
