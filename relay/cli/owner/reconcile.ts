import { isoTime, quoted } from "#engine/candles"
import type { DifferenceAction } from "../../bots/difference-answers.ts"
import type { DifferenceView, GivenAnswer } from "../../bots/inbox.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import { noPositionals, readWords, WrongUsage, type Command } from "../command.ts"
import { withOwnerRelay } from "./owner-relay.ts"

const help = `candlewright reconcile list | ID adopt|ignore|buy-back

Coins that a bot holds and its exchange does not have: somebody sold or moved them by hand. Until you answer, the bot buys
nothing on that market, and protects and sells only what is there. Coins that come back settle it by themselves.

  candlewright reconcile list
  candlewright reconcile 0a1b2c3d4e5f6071 adopt      they were sold: the bot goes on with what is there
  candlewright reconcile 0a1b2c3d4e5f6071 ignore     I put them back: the bot keeps counting them, and does not ask again
  candlewright reconcile 0a1b2c3d4e5f6071 buy-back   buy them again at the market, within the account's limits

  --data FOLDER   whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --json          for machines: the list, or { "id", "action", "words" }`

/** `candlewright reconcile …` */
export const reconcileCommand: Command = { help, run: reconcile }

const actions: Record<string, DifferenceAction> = { adopt: "adopt", ignore: "ignore", "buy-back": "buyBack" }

async function reconcile(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, { data: { type: "string" }, json: { type: "boolean" } })
  const [id, name, ...rest] = positionals
  if (id === undefined) throw new WrongUsage("reconcile is followed by list, or by an id and adopt, ignore or buy-back")
  if (id === "list" && name === undefined) return list(values, surroundings)
  if (!Object.hasOwn(actions, name ?? ""))
    throw new WrongUsage(
      `after the id comes ${Object.keys(actions).join(", ")}${name === undefined ? "" : `, not ${quoted(name)}`}`,
    )
  noPositionals(rest)
  const path = `/reconcile/${encodeURIComponent(id)}`
  const answer = await withOwnerRelay(values.data, surroundings, (ask) =>
    ask<GivenAnswer>({ method: "POST", path, body: { action: actions[name] } }),
  )
  if (values.json) return printJson(answer)
  await printText(`${answer.words}\n`)
}

async function list({ data, json }: { data?: string; json?: boolean }, surroundings: Surroundings): Promise<void> {
  const answer = await withOwnerRelay(data, surroundings, (ask) =>
    ask<{ items: DifferenceView[]; next: string | null }>({ method: "GET", path: "/reconcile" }),
  )
  if (json) return printJson(answer)
  const none = "Bots and exchanges agree: every coin that a bot holds is there.\n"
  await printText(answer.items.length === 0 ? none : answer.items.map(differenceLine).join(""))
}

function differenceLine({ id, market, botId, words, sinceMs, isIgnored }: DifferenceView): string {
  return `${id}  ${market}, bot ${botId}, since ${isoTime(sinceMs)}${isIgnored ? " (ignored)" : ""}\n  ${words}\n`
}
