import { plainTime } from "#engine/candles"
import { type Account, modes } from "../../accounts/account.ts"
import { type RiskSettings, usualRisk } from "../../accounts/risk.ts"
import { venues, type VenueId } from "#venues"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import {
  choiceOption,
  neededOption,
  noPositionals,
  numberOption,
  onePositional,
  readWords,
  WrongUsage,
  type Command,
} from "../command.ts"
import { accountNamed, allAccounts } from "./account-named.ts"
import { withOwnerRelay } from "./owner-relay.ts"

const help = `candlewright accounts add|list|risk

Accounts at exchanges, and what bots may risk on each; with the relay running or stopped.

  candlewright accounts add --name paper --venue practice --mode paper
  candlewright accounts list
  candlewright accounts risk paper                        what holds now, and what waits for the next UTC day
  candlewright accounts risk paper --daily-loss-percent 2 --max-order-quote 250 --allowed-markets BTC/USDT,ETH/USDT

  A tighter setting holds at once, a looser one from the next UTC day. --max-order-quote none and --allowed-markets all
  end those limits. The others: --risk-percent --max-positions --max-share-percent --max-correlation
  --max-drawdown-percent --max-orders-per-minute, and --require-stop yes|no

  --data FOLDER   whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --json          for machines: the account, or the list`

const data = { data: { type: "string" }, json: { type: "boolean" } } as const
const subcommands: Record<string, Command["run"]> = { add, list, risk }

/** `candlewright accounts …` */
export const accountsCommand: Command = { help, run }

async function run([name = "", ...words]: string[], surroundings: Surroundings): Promise<void> {
  if (!Object.hasOwn(subcommands, name))
    throw new WrongUsage(`accounts is followed by ${Object.keys(subcommands).join(", ")}`)
  await subcommands[name](words, surroundings)
}

async function add(words: string[], surroundings: Surroundings): Promise<void> {
  const options = { ...data, name: { type: "string" }, venue: { type: "string" }, mode: { type: "string" } } as const
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const body = {
    name: neededOption("name", values.name),
    venue: choiceOption(
      "venue",
      values.venue ?? "practice",
      venues.map(({ id }) => id),
    ) as VenueId,
    mode: choiceOption("mode", values.mode ?? "paper", modes),
  }
  const account = await withOwnerRelay(values.data, surroundings, (ask) =>
    ask<Account>({ method: "POST", path: "/accounts", body }),
  )
  if (values.json) return printJson(account)
  await printText(`Account ${account.name} is added.\n\n${inWords(account)}`)
}

async function list(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, data)
  noPositionals(positionals)
  const answer = await withOwnerRelay(values.data, surroundings, allAccounts)
  if (values.json) return printJson(answer)
  await printText(answer.items.length === 0 ? "There is no account.\n" : answer.items.map(inWords).join(""))
}

const riskNames = Object.keys(usualRisk) as (keyof RiskSettings)[]
/** maxOrderQuote as --max-order-quote */
const optionOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

async function risk(words: string[], surroundings: Surroundings): Promise<void> {
  const own = Object.fromEntries(riskNames.map((name) => [optionOf(name), { type: "string" as const }]))
  const { values, positionals } = readWords(words, { ...data, ...own })
  const name = onePositional("the name of an account", positionals)
  const given = values as Record<string, string | undefined>
  const named = riskNames.filter((each) => given[optionOf(each)] !== undefined)
  const change = Object.fromEntries(named.map((each) => [each, settingIn(each, given[optionOf(each)]!)]))
  const account = await withOwnerRelay(values.data, surroundings, async (ask) => {
    const one = await accountNamed(ask, name)
    if (named.length === 0) return one
    return ask<Account>({ method: "PATCH", path: `/accounts/${one.id}`, body: { risk: change } })
  })
  if (values.json) return printJson(account)
  await printText(riskInWords(account))
}

/** What the relay takes for a setting's text. */
function settingIn(name: keyof RiskSettings, text: string): unknown {
  if (name === "maxOrderQuote") return text === "none" ? null : text
  if (name === "allowedMarkets") return text === "all" ? null : text.split(",").filter((market) => market !== "")
  if (name === "requireStop") return choiceOption(optionOf(name), text, ["yes", "no"]) === "yes"
  return numberOption(optionOf(name), text)
}

function inWords({ id, name, venue, mode, isStandIn, key, warnings }: Account): string {
  const line = `${id}  ${venue.padEnd(8)}  ${mode.padEnd(7)}  ${key ? `key …${key.last4}` : "no key"}  ${name}`
  const more = isStandIn ? "  (a program on this computer stands in for this exchange)" : ""
  return [line + more, ...warnings.map((warning) => `  ! ${warning}`)].join("\n") + "\n"
}

function riskInWords({ name, risk: now, riskLater }: Account): string {
  const lines = riskNames.map((each) => {
    const later =
      riskLater && String(riskLater.risk[each]) !== String(now[each]) ? shown(riskLater.risk[each]) : undefined
    const waits = later === undefined ? "" : `  (from ${plainTime(riskLater!.fromMs)} on: ${later})`
    return `  ${optionOf(each).padEnd(22)} ${shown(now[each])}${waits}\n`
  })
  return `${name}\n${lines.join("")}`
}

function shown(setting: RiskSettings[keyof RiskSettings]): string {
  if (setting === null) return "no limit of its own"
  if (Array.isArray(setting)) return setting.length === 0 ? "none" : setting.join(", ")
  return typeof setting === "boolean" ? (setting ? "yes" : "no") : String(setting)
}
