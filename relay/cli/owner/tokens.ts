import { DAY_MS, HOUR_MS, isoTime, MINUTE_MS, quoted } from "#engine/candles"
import { scopes } from "../../door/policy.ts"
import type { Token } from "../../people/tokens.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import {
  choiceOption,
  neededOption,
  noPositionals,
  onePositional,
  readWords,
  WrongUsage,
  type Command,
} from "../command.ts"
import { withOwnerRelay } from "./owner-relay.ts"

const help = `candlewright tokens create|list|revoke

Tokens let programs ask the relay of a data directory, whether it runs or not. Only a hash of each is kept.

  candlewright tokens create --name phone --scope admin --expires 30d
                                         prints the token, this once; send it as "Authorization: Bearer cw_…"
  candlewright tokens list
  candlewright tokens revoke 0a1b2c3d4e5f

  --scope research|read|trade|admin
                             research drafts and tests strategies, for assistants that speak MCP (\`candlewright mcp
                             --help\`); read also sees accounts, bots and what happens to them; trade also deploys
                             and ends bots and uses the kill switch; admin also changes accounts, and opens devices,
                             tokens and the log of changes
  --expires 30d              also in hours (12h) or minutes (90m), a year (365d) at most; without it, until it is revoked
  --data FOLDER              whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --json                     for machines: { "id", "token" }, or the list`

const data = { data: { type: "string" }, json: { type: "boolean" } } as const

const subcommands: Record<string, Command["run"]> = { create, list, revoke }

/** `candlewright tokens …` */
export const tokensCommand: Command = { help, run }

async function run([name = "", ...words]: string[], surroundings: Surroundings): Promise<void> {
  if (!Object.hasOwn(subcommands, name))
    throw new WrongUsage(`tokens is followed by ${Object.keys(subcommands).join(", ")}`)
  await subcommands[name](words, surroundings)
}

async function create(words: string[], surroundings: Surroundings): Promise<void> {
  const options = { ...data, name: { type: "string" }, scope: { type: "string" }, expires: { type: "string" } } as const
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const body = {
    name: neededOption("name", values.name),
    scope: choiceOption("scope", neededOption("scope", values.scope), scopes),
    expiresMs: values.expires === undefined ? null : surroundings.nowMs() + lengthOption(values.expires),
  }
  const made = await withOwnerRelay(values.data, surroundings, (ask) =>
    ask<{ id: string; token: string }>({ method: "POST", path: "/tokens", body }),
  )
  if (values.json) return printJson(made)
  await printText(
    `${made.token}\n\nKeep it: it is not shown again. \`candlewright tokens revoke ${made.id}\` ends it.\n`,
  )
}

async function list(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, data)
  noPositionals(positionals)
  const answer = await withOwnerRelay(values.data, surroundings, (ask) =>
    ask<{ items: Token[]; next: string | null }>({ method: "GET", path: "/tokens" }),
  )
  if (values.json) return printJson(answer)
  await printText(answer.items.length === 0 ? "There is no token.\n" : answer.items.map(inWords).join(""))
}

function inWords({ id, name, scope, expiresMs, lastUsedMs }: Token): string {
  const until = expiresMs === null ? "until revoked" : `until ${isoTime(expiresMs)}`
  return `${id}  ${scope.padEnd(8)}  ${until}, ${lastUsedMs === null ? "never used" : `last used ${isoTime(lastUsedMs)}`}  ${name}\n`
}

async function revoke(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, data)
  const id = onePositional("the id of a token", positionals)
  await withOwnerRelay(values.data, surroundings, (ask) =>
    ask<void>({ method: "DELETE", path: `/tokens/${encodeURIComponent(id)}` }),
  )
  if (values.json) return printJson({ id, revoked: true })
  await printText(`Token ${id} is ended.\n`)
}

const unitsMs: Record<string, number> = { d: DAY_MS, h: HOUR_MS, m: MINUTE_MS }

/** "30d" as milliseconds. */
function lengthOption(text: string): number {
  const [, count, unit] = /^(\d{1,5})([dhm])$/.exec(text) ?? []
  const lengthMs = unit === undefined ? 0 : Number(count) * unitsMs[unit]
  if (lengthMs === 0) throw new WrongUsage(`--expires takes a length such as 30d, 12h or 90m, not ${quoted(text)}`)
  return lengthMs
}
