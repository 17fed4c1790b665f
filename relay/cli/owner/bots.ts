import { quoted } from "#engine/candles"
import { type BotCommand, botCommands, wordsOf } from "../../bots/bot-command.ts"
import type { BotView } from "../../bots/bot-view.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import { noPositionals, onePositional, readWords, WrongUsage, type Command } from "../command.ts"
import { deployBot } from "./bot-deploy.ts"
import { botInWords, botLine, parityInWords, type ParityView } from "./bot-in-words.ts"
import { allBots, botNamed } from "./bot-named.ts"
import { type AskRelay, withOwnerRelay } from "./owner-relay.ts"

const help = `candlewright bots deploy|list|show|pause|resume|close|stop|parity

Strategies that trade on an account while nobody watches. A bot is named by its id or its name.

  candlewright bots deploy --strategy strategy.json --account paper --market BTC/USDT --cash 100
  candlewright bots list
  candlewright bots show Minutes        state, positions, profit, and why it did what it did last
  candlewright bots pause Minutes       no entries; positions and their stops stay
  candlewright bots resume Minutes
  candlewright bots close Minutes       sell all and pause
  candlewright bots stop Minutes        sell all and end
  candlewright bots parity Minutes      what was different from the same candles run again, and what it cost

  --market BTC/USDT     again for each further market
  --param fast=5        a value for one of the strategy's params, again for each
  --name N              the strategy's name unless said otherwise
  --amount-at-risk 100  needed with real money: what the bot may lose at most, the same as --cash
  --without-paper       with real money: go without seven days or twenty trades on paper first

  Only a running relay trades (candlewright serve); what is asked of a stopped one is done once it runs.

  --data FOLDER   whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --json          for machines: the bot, or the list`

const data = { data: { type: "string" }, json: { type: "boolean" } } as const
const commands = Object.fromEntries(
  botCommands.map((name) => [name, (words: string[], surroundings: Surroundings) => send(name, words, surroundings)]),
)
const subcommands: Record<string, Command["run"]> = { deploy: deployBot, list, show, ...commands, parity }

/** `candlewright bots …` */
export const botsCommand: Command = { help, run }

async function run([name = "", ...words]: string[], surroundings: Surroundings): Promise<void> {
  if (!Object.hasOwn(subcommands, name))
    throw new WrongUsage(
      `bots is followed by ${Object.keys(subcommands).join(", ")}${name === "" ? "" : `, not ${quoted(name)}`}`,
    )
  await subcommands[name](words, surroundings)
}

async function list(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, data)
  noPositionals(positionals)
  const answer = await withOwnerRelay(values.data, surroundings, allBots)
  if (values.json) return printJson(answer)
  await printText(answer.items.length === 0 ? "There is no bot.\n" : answer.items.map(botLine).join(""))
}

async function show(words: string[], surroundings: Surroundings): Promise<void> {
  const { answer, isJson } = await askOfOne(words, surroundings, async (_, bot) => bot)
  if (isJson) return printJson(answer)
  await printText(botInWords(answer))
}

async function send(command: BotCommand, words: string[], surroundings: Surroundings): Promise<void> {
  const { answer, isJson } = await askOfOne(words, surroundings, async (ask, { id }) => ({
    bot: await ask<BotView>({ method: "POST", path: `/bots/${id}/${command}` }),
    killSwitch: await ask<{ isOn: boolean }>({ method: "GET", path: "/kill" }),
  }))
  const { bot, killSwitch } = answer
  if (isJson) return printJson(bot)
  await printText(`${wordsOf(command, killSwitch)}\n\n${botInWords(bot)}`)
}

async function parity(words: string[], surroundings: Surroundings): Promise<void> {
  const { answer, isJson } = await askOfOne(words, surroundings, (ask, { id }) =>
    ask<ParityView>({ method: "GET", path: `/bots/${id}/parity` }),
  )
  if (isJson) return printJson(answer)
  await printText(parityInWords(answer))
}

async function askOfOne<Answer>(
  words: string[],
  surroundings: Surroundings,
  act: (ask: AskRelay, bot: BotView) => Promise<Answer>,
): Promise<{ answer: Answer; isJson: boolean }> {
  const { values, positionals } = readWords(words, data)
  const name = onePositional("the id or name of a bot", positionals)
  const answer = await withOwnerRelay(values.data, surroundings, async (ask) => act(ask, await botNamed(ask, name)))
  return { answer, isJson: values.json === true }
}
