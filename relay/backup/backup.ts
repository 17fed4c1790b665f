import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { join } from "node:path"
import { pipeline } from "node:stream"
import { createGzip } from "node:zlib"
import { copyKept } from "../exchange/simulated/journal/copy-kept.ts"
import { KillSwitch } from "../guard/kill-switch.ts"
import { relayMigrations } from "../store/relay-schema.ts"
import type { Surroundings } from "../surroundings.ts"
import { type BackupHeader, FORMAT } from "./backup-header.ts"

type BackupDeps = {
  dataDirectory: string
  /** An empty folder of the owner's alone: the copies are there while they are written. */
  staging: string
  version: string
  surroundings: Pick<Surroundings, "nowMs">
}

/** A copy of what a relay keeps, of one moment. */
export type Backup = { header: BackupHeader; bytes: AsyncIterable<Uint8Array> }

/**
 * Copies what the relay of a data directory keeps, whether it runs or not: a reader of its own sees the database as one
 * commit left it, and holds up nobody. What our own exchanges keep is copied after it, so that they are never behind:
 * exchanges go on while we are away.
 */
export async function makeBackup({ dataDirectory, staging, version, surroundings }: BackupDeps): Promise<Backup> {
  const madeMs = surroundings.nowMs()
  await copyDatabase(join(dataDirectory, "relay.db"), join(staging, "relay.db"))
  const names = ["relay.db"]
  for (const own of ["practice", "paper"]) {
    const copied = await copyKept(join(dataDirectory, own), join(staging, own))
    names.push(...copied.map((name) => `${own}/${name}`))
  }
  const header: BackupHeader = {
    format: FORMAT,
    madeMs,
    version,
    schema: newestSchema,
    isKilled: new KillSwitch(dataDirectory).isOn,
    files: await Promise.all(names.map((name) => fileOf(staging, name))),
  }
  return { header, bytes: packed(header, staging) }
}

/** The newest of the tables' migrations. */
export const newestSchema = Object.keys(relayMigrations).toSorted().at(-1)!

const READ_WAIT_MS = 10_000

async function copyDatabase(from: string, to: string): Promise<void> {
  const { default: Database } = await import("libsql")
  const database = new Database(from)
  try {
    database.pragma(`busy_timeout=${READ_WAIT_MS}`)
    database.prepare("vacuum into ?").run(to)
  } finally {
    database.close()
  }
}

async function fileOf(folder: string, name: string): Promise<BackupHeader["files"][number]> {
  const hash = createHash("sha256")
  for await (const piece of createReadStream(join(folder, name))) hash.update(piece as Buffer)
  return { name, bytes: (await stat(join(folder, name))).size, sha256: hash.digest("hex") }
}

/** Read and compressed as somebody takes it; what a file refuses is thrown there. */
async function* packed(header: BackupHeader, folder: string): AsyncIterable<Uint8Array> {
  async function* pieces() {
    yield Buffer.from(`${JSON.stringify(header)}\n`)
    for (const { name } of header.files) yield* createReadStream(join(folder, name)) as AsyncIterable<Buffer>
  }
  const zipped = createGzip()
  pipeline(pieces, zipped, () => {})
  yield* zipped as AsyncIterable<Buffer>
}
