import { WITHOUT_PAPER } from "../../bots/gate/gate-line.ts"
import type { BotView } from "../../bots/bot-view.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import { neededOption, noPositionals, readWords, WrongUsage } from "../command.ts"
import { openStrategy, paramValues } from "../strategy-input.ts"
import { accountNamed } from "./account-named.ts"
import { botInWords } from "./bot-in-words.ts"
import { withOwnerRelay } from "./owner-relay.ts"

const options = {
  strategy: { type: "string" },
  account: { type: "string" },
  market: { type: "string", multiple: true },
  cash: { type: "string" },
  param: { type: "string", multiple: true },
  name: { type: "string" },
  "amount-at-risk": { type: "string" },
  "without-paper": { type: "boolean" },
  data: { type: "string" },
  json: { type: "boolean" },
} as const

/** `candlewright bots deploy` */
export async function deployBot(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const account = neededOption("account", values.account)
  const cash = neededOption("cash", values.cash)
  const { market: markets = [], param, name, "amount-at-risk": amountAtRisk } = values
  const withoutPaper = values["without-paper"] ? WITHOUT_PAPER : undefined
  if (markets.length === 0) throw new WrongUsage("--market is needed")
  const params = param && paramValues(param)
  const { written: strategy } = await openStrategy(neededOption("strategy", values.strategy))
  const confirm = amountAtRisk === undefined && withoutPaper === undefined ? undefined : { amountAtRisk, withoutPaper }
  const bot = await withOwnerRelay(values.data, surroundings, async (ask) => {
    const { id: accountId } = await accountNamed(ask, account)
    const body = { accountId, strategy, markets, params, cash, name, confirm }
    return ask<BotView>({ method: "POST", path: "/bots", body })
  })
  if (values.json) return printJson(bot)
  await printText(`The bot is deployed.\n\n${botInWords(bot)}`)
}
