import { quoted } from "#engine/candles"
import type { ForecastModel, StrategyDocument } from "#engine/strategy"
import { Refusal } from "../door/refusal.ts"
import { type CarryingBot, isSameQuestion } from "./carried-models.ts"

/** A deployment that gives a bot's rules another version of a model, and what to do with it. */
export type Adoption = {
  /** Nothing was changed: a bot's rules stay what they were when a person started it. */
  isAdopted: false
  words: string
  deployment: {
    accountId: string
    strategy: StrategyDocument
    markets: string[]
    params: Record<string, number | boolean>
    cash: string
    name: string
  }
}

/** Throws a `Refusal` where the bot carries no other version of the model. */
export function adoptionOf(model: ForecastModel, { bot, document }: CarryingBot): Adoption {
  const carried = Object.entries(document.models).filter(([, one]) => isSameQuestion(one, model))
  if (carried.length === 0)
    throw new Refusal(409, "not-carried", `The bot ${quoted(bot.name)} carries no version of ${quoted(model.name)}.`)
  if (carried.every(([, one]) => one.hash === model.hash))
    throw new Refusal(409, "not-carried", `The bot ${quoted(bot.name)} carries exactly this version already.`)
  const models = { ...document.models, ...Object.fromEntries(carried.map(([name]) => [name, model])) }
  const { accountId, markets, params, cash, name } = bot
  return {
    isAdopted: false,
    words: `Nothing was changed: a bot's rules stay as they were started. To let it use version ${model.made.version} of ${model.name} (${model.hash}), look at the strategy here, stop the bot ${name} and start it again with it: POST /api/bots takes this deployment.`,
    deployment: { accountId, strategy: { ...document, models }, markets, params, cash, name },
  }
}
