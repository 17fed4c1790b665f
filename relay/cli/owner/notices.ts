import { isoTime, quoted } from "#engine/candles"
import type { Channel } from "../../notifications/channels.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import {
  HonestNo,
  neededOption,
  noPositionals,
  onePositional,
  readWords,
  WrongUsage,
  type Command,
} from "../command.ts"
import { readTextFile } from "../file-input.ts"
import { type AskRelay, withOwnerRelay } from "./owner-relay.ts"

const help = `candlewright notices add webhook|telegram|ping | list | test | remove

Where you hear of what happens to your bots while nobody watches: problems always, purchases and sales if you like.

  candlewright notices add webhook --name desk --url https://example.org/hook
                                           prints the secret that its messages are signed with, this once
  candlewright notices add telegram --name phone --chat 123456789 --token-file bot-token.txt
  candlewright notices add ping --name watcher --url https://hc-ping.com/…
                                           hears every minute that the relay lives, and raises the alarm when it does not
  candlewright notices list
  candlewright notices test desk           sends a message of no consequence now
  candlewright notices remove desk

  --trades             purchases and sales too
  --quiet 22:00-07:00  when those wait, UTC; problems never do
  --local              the webhook is a program on this computer: http and its own addresses are taken
  --token-file FILE    holds what @BotFather gave; - reads it from stdin

  --data FOLDER   whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --json          for machines: { "id", "secret" }, the list, or { "arrived", "words" }`

const data = { data: { type: "string" }, json: { type: "boolean" } } as const
const subcommands: Record<string, Command["run"]> = { add, list, test, remove }

/** `candlewright notices …` */
export const noticesCommand: Command = { help, run }

async function run([name = "", ...words]: string[], surroundings: Surroundings): Promise<void> {
  if (!Object.hasOwn(subcommands, name))
    throw new WrongUsage(
      `notices is followed by ${Object.keys(subcommands).join(", ")}${name === "" ? "" : `, not ${quoted(name)}`}`,
    )
  await subcommands[name](words, surroundings)
}

const addOptions = {
  ...data,
  name: { type: "string" },
  url: { type: "string" },
  local: { type: "boolean" },
  chat: { type: "string" },
  "token-file": { type: "string" },
  trades: { type: "boolean" },
  quiet: { type: "string" },
} as const

async function add(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, addOptions)
  const kind = onePositional("webhook, telegram or ping", positionals)
  const wishes = { name: neededOption("name", values.name), wantsTrades: values.trades, quiet: values.quiet }
  const body = { kind, ...wishes, ...(await addressIn(kind, values)) }
  const made = await withOwnerRelay(values.data, surroundings, (ask) =>
    ask<{ id: string; secret: string | null }>({ method: "POST", path: "/notices", body }),
  )
  if (values.json) return printJson(made)
  const secret = made.secret === null ? "" : `${made.secret}\n\nMessages are signed with it; it is not shown again. `
  await printText(`${secret}\`candlewright notices test ${made.id}\` sends a message there.\n`)
}

type AddressOptions = { url?: string; local?: boolean; chat?: string; "token-file"?: string }

/** What of a channel says where it is, and opens it. */
async function addressIn(kind: string, values: AddressOptions): Promise<object> {
  if (kind === "webhook" || kind === "ping") return { url: neededOption("url", values.url), isLocal: values.local }
  if (kind !== "telegram") throw new WrongUsage(`after add comes webhook, telegram or ping, not ${quoted(kind)}`)
  const chatId = neededOption("chat", values.chat)
  return { chatId, botToken: (await readTextFile(neededOption("token-file", values["token-file"]), tokenText)).trim() }
}

const tokenText = { mostBytes: 4_096, what: "token" }

async function list(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, data)
  noPositionals(positionals)
  const answer = await withOwnerRelay(values.data, surroundings, allChannels)
  if (values.json) return printJson(answer)
  const none = "Notices go nowhere yet. `candlewright notices add --help` shows how.\n"
  await printText(answer.items.length === 0 ? none : answer.items.map(channelLine).join(""))
}

async function test(words: string[], surroundings: Surroundings): Promise<void> {
  const { answer, isJson } = await askOfOne(words, surroundings, (ask, { id }) =>
    ask<{ arrived: boolean; words: string }>({ method: "POST", path: `/notices/${id}/test` }),
  )
  if (!answer.arrived) throw new HonestNo(answer.words, { arrived: false, words: answer.words })
  await (isJson ? printJson(answer) : printText(`${answer.words}\n`))
}

async function remove(words: string[], surroundings: Surroundings): Promise<void> {
  const { answer, isJson } = await askOfOne(words, surroundings, async (ask, { id, name }) => {
    await ask<void>({ method: "DELETE", path: `/notices/${id}` })
    return { id, name }
  })
  await (isJson
    ? printJson({ id: answer.id, removed: true })
    : printText(`${answer.name} hears of nothing any more.\n`))
}

async function askOfOne<Answer>(
  words: string[],
  surroundings: Surroundings,
  act: (ask: AskRelay, channel: Channel) => Promise<Answer>,
): Promise<{ answer: Answer; isJson: boolean }> {
  const { values, positionals } = readWords(words, data)
  const name = onePositional("the id or name of where notices go", positionals)
  const answer = await withOwnerRelay(values.data, surroundings, async (ask) => {
    const { items } = await allChannels(ask)
    const found = items.find(({ id }) => id === name) ?? items.find((each) => each.name === name)
    if (found === undefined) throw new HonestNo(`Notices go to nothing called ${quoted(name)}.`)
    return act(ask, found)
  })
  return { answer, isJson: values.json === true }
}

function allChannels(ask: AskRelay): Promise<{ items: Channel[]; next: string | null }> {
  return ask({ method: "GET", path: "/notices" })
}

function channelLine({ id, kind, name, target, wantsTrades, sentMs, problem, waiting }: Channel): string {
  const what = wantsTrades ? "problems and trades" : "problems"
  const last = sentMs === null ? "nothing sent yet" : `last sent ${isoTime(sentMs)}`
  const trouble = problem === null ? "" : `\n  The last did not arrive: ${problem}. ${waiting} wait.`
  return `${id}  ${kind} ${target}, ${what}, ${last}  ${name}${trouble}\n`
}
