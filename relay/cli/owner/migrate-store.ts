import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { quoted } from "#engine/candles"
import { usualDataDirectory } from "../../store/data-directory.ts"
import { diskFailure } from "../../store/disk-failure.ts"
import { CannotMove, moveStore } from "../../store/move/store-move.ts"
import { lockDataDirectory } from "../../store/relay-lock.ts"
import { inUse } from "../../store/relay-store.ts"
import { storeFailure } from "../../store/store-failure.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import { HonestNo, noPositionals, readWords, WrongUsage, type Command } from "../command.ts"
import { ProgressLine } from "../progress-line.ts"

const help = `candlewright migrate-store

Moves what a data folder keeps into the empty PostgreSQL in DATABASE_URL. No relay may run on the folder. Each table is
compared when it has arrived. Cut short, run it again; what was moved is never opened from the folder again.

  DATABASE_URL=postgres://me@localhost/candlewright candlewright migrate-store
  --data FOLDER       whose: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --json              { "rows", "tables": [{ "table", "rows" }], "wasThere" }

The practice exchange and the key file stay where they are: the relay needs the folder as before.`

/** `candlewright migrate-store` */
export const migrateStoreCommand: Command = { help, run }

async function run(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, { data: { type: "string" }, json: { type: "boolean" } })
  noPositionals(positionals)
  const address = process.env.DATABASE_URL
  if (!address || !URL.canParse(address))
    throw new WrongUsage(
      "DATABASE_URL is needed: the address of an empty PostgreSQL, such as postgres://me@localhost/candlewright",
    )
  const dataDirectory = resolve(values.data ?? usualDataDirectory())
  if (!existsSync(join(dataDirectory, "relay.db")))
    throw new HonestNo(`${quoted(dataDirectory, 200)} holds nothing of Candlewright to move. Name it with --data.`)
  const lock = await lockDataDirectory(dataDirectory).catch(refuse)
  if (lock === undefined) throw new HonestNo((await inUse(dataDirectory)).message)
  const line = new ProgressLine(process.stderr)
  const { tables, wasThere } = await moveStore({
    dataDirectory,
    address,
    surroundings,
    onTable: (table, rows) => line.show(`${table}: ${rows}`),
  })
    .catch(refuse)
    .finally(() => {
      line.end()
      lock.release()
    })
  const rows = tables.reduce((sum, one) => sum + one.rows, 0)
  if (values.json) return printJson({ rows, tables, wasThere })
  const what = wasThere
    ? "Everything was there already"
    : `${rows} rows of ${tables.length} tables were moved and compared`
  await printText(`${what}. Start the relay with DATABASE_URL from now on; the folder's own database is closed.\n`)

  function refuse(error: unknown): never {
    if (error instanceof CannotMove) throw new HonestNo(error.message)
    const sentence = storeFailure(error)?.message ?? diskFailure(error, dataDirectory)
    if (sentence === undefined) throw error
    throw new HonestNo(`Nothing was moved out of ${quoted(dataDirectory, 200)}: ${sentence}`)
  }
}
