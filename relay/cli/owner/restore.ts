import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { plainTime } from "#engine/candles"
import { DataThere, type Restored, restoreBackup } from "../../backup/restore.ts"
import { markRestored } from "../../backup/restored-state.ts"
import { BadBackup } from "../../backup/unpacked-backup.ts"
import { keySourceFrom } from "../../keys/key-source.ts"
import { usualDataDirectory } from "../../store/data-directory.ts"
import { databaseAddress } from "../../store/database-address.ts"
import { diskFailure } from "../../store/disk-failure.ts"
import { DirectoryInUse, openRelayStore } from "../../store/relay-store.ts"
import { storeFailure } from "../../store/store-failure.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import { HonestNo, noPositionals, onePositional, readWords, WrongUsage, type Command } from "../command.ts"
import { keyWords } from "./backup.ts"

const help = `candlewright restore FILE

Brings back a backup of \`candlewright backup\`. No relay may run on the data folder. The file is checked whole before
anything is touched; cut short, the old data is still there.

  candlewright restore candlewright-2027-01-31.backup
  candlewright restore candlewright-2027-01-31.backup --data /srv/candlewright
  --replace           where there is data already: it is moved to a folder beside, and not deleted
  --data FOLDER       where to: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --database          instead of FILE, after pg_restore of the PostgreSQL in DATABASE_URL: makes it ready in the same way
  --json              { "madeMs", "pausedBots", "aside" }

Every bot comes up paused: it goes on protecting and selling what it holds and buys nothing. What happened after the
backup only the exchange knows. Look at orders and coins there, answer the reconcile inbox, then resume each bot.`

/** `candlewright restore` */
export const restoreCommand: Command = { help, run }

async function run(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, {
    replace: { type: "boolean" },
    database: { type: "boolean" },
    data: { type: "string" },
    json: { type: "boolean" },
  })
  const dataDirectory = resolve(values.data ?? usualDataDirectory())
  if (values.database) {
    noPositionals(positionals)
    const { paused } = await markServer(dataDirectory, surroundings).catch(refuse)
    if (values.json) return printJson({ madeMs: null, pausedBots: paused, aside: null })
    return printText(`The database is ready. ${nextWords(paused)}`)
  }
  const file = onePositional("the backup to restore", positionals)
  if (databaseAddress() !== undefined)
    throw new HonestNo(
      "DATABASE_URL is set: this relay keeps its data in PostgreSQL, and a backup file is of the embedded database. Unset it to restore the file, or use pg_restore and then `candlewright restore --database`.",
    )
  const deps = { file, dataDirectory, replaces: values.replace === true, surroundings }
  const restored = await restoreBackup(deps).catch(refuse)
  if (values.json) return printJson({ ...restored, aside: restored.aside ?? null })
  await printText(inWords(restored, dataDirectory))

  function refuse(error: unknown): never {
    const isOurs = [BadBackup, DataThere, DirectoryInUse].some((kind) => error instanceof kind)
    const sentence = isOurs
      ? (error as Error).message
      : (storeFailure(error)?.message ?? diskFailure(error, positionals[0] ?? dataDirectory))
    if (sentence === undefined) throw error
    throw new HonestNo(sentence, { file: positionals[0] })
  }
}

async function markServer(dataDirectory: string, surroundings: Surroundings): Promise<{ paused: number }> {
  if (databaseAddress() === undefined)
    throw new WrongUsage("--database is for a relay on PostgreSQL: set DATABASE_URL to its address")
  const store = await openRelayStore({ dataDirectory, surroundings })
  return markRestored(store.database, { madeMs: undefined, surroundings }).finally(() => store.close())
}

function inWords({ madeMs, pausedBots, aside, hasKeys }: Restored, dataDirectory: string): string {
  const key = keySourceFrom(process.env)
  const lacksKey = hasKeys && !existsSync(key.file)
  return [
    `Restored to ${dataDirectory} as of ${plainTime(madeMs)}. ${nextWords(pausedBots)}`,
    "Devices and tokens are as they were then: end those that you had ended since.\n",
    aside === undefined ? "" : `What was there before is in ${aside}; remove it when you need it no more.\n`,
    lacksKey
      ? `The keys of accounts are sealed, and what opens them is not there. Put it back: ${keyWords(key)}\n`
      : "",
  ].join("")
}

function nextWords(bots: number): string {
  const paused = bots === 1 ? "1 bot comes" : `${bots} bots come`
  return bots === 0
    ? "There is no bot in it.\n"
    : `${paused} up paused and ${bots === 1 ? "buys" : "buy"} nothing. Start the relay, look at orders and coins at the exchange, answer the reconcile inbox, then resume.\n`
}
