import type { AuditVerdict } from "../../audit/audit-log.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import { HonestNo, noPositionals, readWords, WrongUsage, type Command } from "../command.ts"
import { withOwnerRelay } from "./owner-relay.ts"

const help = `candlewright audit verify

Every change of people, tokens, accounts, keys and risk settings is an entry in a log, chained to the one before. This
reads the whole log, with the relay running or stopped, and names each entry that was changed, taken away, added or
moved. Where the log is whole, it also names each device, token, account and key that is not as its last entry left it,
because it was changed in the database past the log. Exit code 1 where something is named.

It covers what people change: people's devices, tokens, accounts with their risk settings, keys, and what each bot was
deployed as. It does not cover what bots and exchanges write by themselves: a bot's status, its orders, fills, trades,
events and equity, and the days on which a limit on losses was reached. The exchange has its own record of orders and
fills; \`candlewright bots parity NAME\` runs a bot's candles again and names what differs.

  candlewright audit verify
  candlewright audit verify --json      { "entries", "head", "faults": [ { "seq", "kind", "sentence" } ] }
  --data FOLDER                         whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same

Who can write the database can write a whole log anew. Note the head it prints somewhere else: a later log that is the
same one still has an entry with that number and hash.`

const notCovered =
  "It covers devices, tokens, accounts, keys, risk settings and what bots were deployed as; not what bots write by themselves, such as status, orders, fills and limits on losses that were reached."

/** `candlewright audit …` */
export const auditCommand: Command = { help, run }

async function run([name = "", ...words]: string[], surroundings: Surroundings): Promise<void> {
  if (name !== "verify") throw new WrongUsage("audit is followed by verify")
  const { values, positionals } = readWords(words, { data: { type: "string" }, json: { type: "boolean" } })
  noPositionals(positionals)
  const verdict = await withOwnerRelay(values.data, surroundings, (ask) =>
    ask<AuditVerdict>({ method: "GET", path: "/audit/verification" }),
  )
  if (verdict.faults.length > 0)
    throw new HonestNo(["The log of changes is not whole.", ...verdict.faults.map(inWords)].join("\n"), verdict)
  if (values.json) return printJson(verdict)
  await printText(`The log of changes is whole: ${verdict.entries} entries, head ${verdict.head}.\n${notCovered}\n`)
}

function inWords({ sentence }: AuditVerdict["faults"][number]): string {
  return sentence
}
