import type { Surroundings } from "../../surroundings.ts"
import { usualDataDirectory } from "../../store/data-directory.ts"
import { announcedRelay } from "../../store/running-relay.ts"
import { printJson, printText } from "../answer.ts"
import { HonestNo, noPositionals, readWords, type Command } from "../command.ts"
import { withOwnerRelay } from "./owner-relay.ts"

const help = `candlewright pair

Prints a link that pairs one browser with the running relay. It is good once, for two minutes. A paired browser may do
all that this relay can; Settings lists those that are paired and ends any of them.

  candlewright pair
  candlewright pair --json              { "url", "goodForMs" }
  --data FOLDER                         whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same`

/** `candlewright pair` */
export const pairCommand: Command = { help, run }

async function run(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, { data: { type: "string" }, json: { type: "boolean" } })
  noPositionals(positionals)
  // A link is of use to a running relay only.
  if ((await announcedRelay(values.data ?? usualDataDirectory())) === undefined)
    throw new HonestNo("No relay runs on this folder. Start it with `candlewright serve`; it prints a link itself.")
  const link = await withOwnerRelay(values.data, surroundings, (ask) =>
    ask<{ url: string; goodForMs: number }>({ method: "POST", path: "/pairing-links" }),
  )
  if (values.json) return printJson(link)
  await printText(`Open this in the browser to pair, within two minutes and once:\n\n  ${link.url}\n`)
}
