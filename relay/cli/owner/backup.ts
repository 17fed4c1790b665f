import { existsSync } from "node:fs"
import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { isoTime, quoted } from "#engine/candles"
import { makeBackup } from "../../backup/backup.ts"
import { BadBackup, readHeader } from "../../backup/unpacked-backup.ts"
import { keySourceFrom } from "../../keys/key-source.ts"
import { usualDataDirectory } from "../../store/data-directory.ts"
import { databaseAddress } from "../../store/database-address.ts"
import { diskFailure } from "../../store/disk-failure.ts"
import { storeFailure } from "../../store/store-failure.ts"
import type { Surroundings } from "../../surroundings.ts"
import { printJson, printText } from "../answer.ts"
import { HonestNo, onePositional, readWords, type Command } from "../command.ts"
import { writeBytes } from "../file-output.ts"
import { beforeTheEnd } from "../interrupt.ts"
import { ownVersion } from "../../own-version.ts"

const help = `candlewright backup FILE

Writes what the relay of a data folder keeps into one file, with the relay running or stopped: bots with all they did,
accounts, devices, tokens, the log of changes and the practice exchange. The file is for your eyes alone (mode 0600).

  candlewright backup candlewright-2027-01-31.backup
  candlewright backup /mnt/disk/candlewright.backup --json
  --data FOLDER       whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --force             in the place of an older backup of this name
  --json              { "file", "bytes", "madeMs", "keyFile" }

Keys of exchange accounts are in it, sealed. What opens them is not: keep a copy of the key file, or your passphrase,
somewhere else. Candles are not in it either, they are fetched again; what you keep in a browser you export there.
\`candlewright restore FILE\` brings it back. A relay on PostgreSQL is backed up with pg_dump.`

/** `candlewright backup` */
export const backupCommand: Command = { help, run }

async function run(words: string[], surroundings: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words, {
    data: { type: "string" },
    force: { type: "boolean" },
    json: { type: "boolean" },
  })
  const file = onePositional("the file to write", positionals)
  refusePostgres(file)
  const dataDirectory = resolve(values.data ?? usualDataDirectory())
  if (!existsSync(join(dataDirectory, "relay.db")))
    throw new HonestNo(`${quoted(dataDirectory, 200)} holds nothing of Candlewright to back up. Name it with --data.`)
  await refuseThere(file, values.force === true)
  const { madeMs } = await write(file, dataDirectory, surroundings)
  const key = keySourceFrom(process.env)
  const answer = { file, bytes: (await stat(file)).size, madeMs, keyFile: key.file }
  if (values.json) return printJson(answer)
  await printText(`Backed up to ${file} as of ${isoTime(madeMs)} (${inKb(answer.bytes)} KB).

Keys of exchange accounts are in it, sealed. What opens them is not: ${keyWords(key)}
Keep a copy of that somewhere else, not beside the backup; without it, accounts need their keys anew.
Candles are not in it: they are fetched again.
`)
}

async function write(file: string, dataDirectory: string, surroundings: Surroundings): Promise<{ madeMs: number }> {
  // Beside the file, where there is place for it; a missing folder is refused when the file is written.
  const above = dirname(resolve(file))
  const staging = await mkdtemp(join(existsSync(above) ? above : tmpdir(), ".candlewright-backup-")).catch(refuse)
  const forget = beforeTheEnd(staging)
  try {
    const version = ownVersion()
    const { header, bytes } = await makeBackup({ dataDirectory, staging, version, surroundings }).catch(refuse)
    await writeBytes(file, () => bytes, 0o600)
    return header
  } finally {
    await rm(staging, { recursive: true, force: true })
    forget()
  }

  function refuse(error: unknown): never {
    const sentence = storeFailure(error)?.message ?? diskFailure(error, file)
    if (sentence === undefined) throw error
    throw new HonestNo(`There is no backup: ${sentence}`, { file })
  }
}

/** A backup takes the place of an older one where that is wanted, and of nothing else. */
async function refuseThere(file: string, isForced: boolean): Promise<void> {
  if (!existsSync(file)) return
  await readHeader(file).catch((error: unknown) => {
    if (!(error instanceof BadBackup)) throw error
    throw new HonestNo(`${quoted(file, 200)} is there and is no backup. Nothing was written; name another file.`, {
      file,
    })
  })
  if (isForced) return
  throw new HonestNo(
    `${quoted(file, 200)} is a backup already. Nothing was written; name another file, or add --force to put this one in its place.`,
    { file },
  )
}

function refusePostgres(file: string): void {
  if (databaseAddress() === undefined) return
  throw new HonestNo(
    `This relay keeps its data in PostgreSQL, which has a backup of its own. Run: pg_dump --format=custom --file=${quoted(file, 200)} "$DATABASE_URL"\nTo bring it back, with every relay stopped: pg_restore --clean --if-exists --dbname="$DATABASE_URL" ${quoted(file, 200)} and then: candlewright restore --database`,
  )
}

/** Where the key of all keys is. */
export function keyWords({ kind, file }: ReturnType<typeof keySourceFrom>): string {
  return kind === "file" ? `the key file ${quoted(file, 200)}.` : `the passphrase in ${quoted(file, 200)}.`
}

const KB = 1_000

function inKb(bytes: number): string {
  return Math.ceil(bytes / KB).toLocaleString("en-US")
}
