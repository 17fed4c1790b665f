import { isoTime, quoted } from "#engine/candles"
import { roles } from "../../door/policy.ts"
import type { Invitation } from "../../people/invitations.ts"
import type { Person } from "../../people/persons.ts"
import { usualDataDirectory } from "../../store/data-directory.ts"
import { announcedRelay } from "../../store/running-relay.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import {
  choiceOption,
  HonestNo,
  neededOption,
  noPositionals,
  onePositional,
  readWords,
  WrongUsage,
  type Command,
} from "../command.ts"
import { accountNamed } from "./account-named.ts"
import { type AskRelay, withOwnerRelay } from "./owner-relay.ts"

const help = `candlewright users list|invite|role|end

People who use the relay of a data directory, beside its first owner. Each has accounts, bots and tokens of their own, and
finds nothing of another's that is not shared with them.

  candlewright users list                people, and invitations that wait
  candlewright users invite --name Zoe --role viewer --account practice
                                         with the relay running: prints a link that lets one new person in, once and
                                         within two days
  candlewright users role Zoe --role trader
  candlewright users end Zoe             lets them in no more; their bots buy nothing more

  --role viewer|trader|owner             a viewer looks at what is shared with them; a trader has accounts of their own and
                                         may stop everything; an owner has the relay too: its people, log and release
  --account NAME                         an account of yours that they see, and a trader may trade with; once for each
  --data FOLDER                          whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --json                                 for machines: { "people", "invitations" }, the invitation, the person, or { "pausedBots" }`

const data = { data: { type: "string" }, json: { type: "boolean" } } as const

const subcommands: Record<string, Command["run"]> = { list, invite, role: changeRole, end }

/** `candlewright users …` */
export const usersCommand: Command = { help, run }

async function run([name = "", ...words]: string[], surroundings: Surroundings): Promise<void> {
  if (!Object.hasOwn(subcommands, name))
    throw new WrongUsage(`users is followed by ${Object.keys(subcommands).join(", ")}`)
  await subcommands[name](words, surroundings)
}

async function list(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, data)
  noPositionals(positionals)
  const found = await withOwnerRelay(values.data, surroundings, async (ask) => ({
    people: await peopleOf(ask),
    invitations: (await ask<{ items: Invitation[] }>({ method: "GET", path: "/people/invitations" })).items,
  }))
  if (values.json) return printJson(found)
  await printText([...found.people.map(personInWords), ...found.invitations.map(invitationInWords)].join(""))
}

async function invite(words: string[], surroundings: Surroundings): Promise<void> {
  const options = {
    ...data,
    name: { type: "string" },
    role: { type: "string" },
    account: { type: "string", multiple: true },
  } as const
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const name = neededOption("name", values.name)
  const role = choiceOption("role", neededOption("role", values.role), roles)
  // Only a running relay knows by which address others reach it.
  if ((await announcedRelay(values.data ?? usualDataDirectory())) === undefined)
    throw new HonestNo("No relay runs on this folder. Start it with `candlewright serve`, then invite.")
  const made = await withOwnerRelay(values.data, surroundings, async (ask) => {
    const accounts: string[] = []
    for (const account of values.account ?? []) accounts.push((await accountNamed(ask, account)).id)
    const body = { name, role, accounts }
    return ask<Invitation & { url: string }>({ method: "POST", path: "/people/invitations", body })
  })
  if (values.json) return printJson(made)
  await printText(
    `Send this to ${name}, by a way that only they read. Whoever opens it first is let in:\n\n  ${made.url}\n\nIt is good once, until ${isoTime(made.untilMs)}.\n`,
  )
}

async function changeRole(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, { ...data, role: { type: "string" } })
  const who = onePositional("a person", positionals)
  const body = { role: choiceOption("role", neededOption("role", values.role), roles) }
  const changed = await withOwnerRelay(values.data, surroundings, async (ask) =>
    ask<Person>({ method: "PATCH", path: `/people/${(await personNamed(ask, who)).id}`, body }),
  )
  if (values.json) return printJson(changed)
  await printText(`${changed.name} is ${changed.role} now.\n`)
}

async function end(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, data)
  const who = onePositional("a person", positionals)
  const { ended, name } = await withOwnerRelay(values.data, surroundings, async (ask) => {
    const person = await personNamed(ask, who)
    const path = `/people/${person.id}`
    return { name: person.name, ended: await ask<{ pausedBots: string[] }>({ method: "DELETE", path }) }
  })
  if (values.json) return printJson(ended)
  const bots = ended.pausedBots.length === 0 ? "" : ` These bots buy nothing more: ${ended.pausedBots.join(", ")}.`
  await printText(`${name} comes in no more.${bots}\n`)
}

async function peopleOf(ask: AskRelay): Promise<Person[]> {
  return (await ask<{ items: Person[] }>({ method: "GET", path: "/people" })).items
}

/** The person of an id or a name. */
async function personNamed(ask: AskRelay, who: string): Promise<Person> {
  const people = (await peopleOf(ask)).filter(({ endedMs }) => endedMs === null)
  const found = people.filter(({ id, name }) => id === who || name === who)
  if (found.length === 1) return found[0]
  throw new HonestNo(
    found.length === 0
      ? `Nobody here is called ${quoted(who)}; \`candlewright users list\` shows all.`
      : `${found.length} people are called ${quoted(who)}. Name one by the id that \`candlewright users list\` shows.`,
  )
}

function personInWords({ id, name, role, endedMs }: Person): string {
  return `${id.padEnd(16)}  ${role.padEnd(6)}  ${endedMs === null ? "" : `ended ${isoTime(endedMs)}  `}${name}\n`
}

function invitationInWords({ id, name, role, untilMs }: Invitation): string {
  return `${id.padEnd(16)}  ${role.padEnd(6)}  invited, until ${isoTime(untilMs)}  ${name}\n`
}
