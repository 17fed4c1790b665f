import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs"
import { join } from "node:path"
import { deserialize, serialize } from "node:v8"
import type { ApiKey } from "../account/api-key.ts"
import type { Command } from "../control/command.ts"
import { RecordFile } from "./record-file.ts"
import { firstRecord, recordsIn } from "./record.ts"
import { type Ended, endedIn, OrderHistory } from "./order-history.ts"
import type { VenueMemory } from "./venue-memory.ts"

/** Grows with every change of what the files hold that an older program could not read. */
export const VERSION = 1
const SNAPSHOT_SALT = "snapshot"
/** Folders of damaged files. */
const MOST_ASIDE = 3

/** One entry of the journal: a command, a key as it is now, or how far time may run without another entry. */
export type JournalEntry = { atMs: number; command: Command } | { key: ApiKey } | { untilMs: number }

/** The whole exchange at one moment, its ended orders apart. */
export type Snapshot = {
  version: number
  generation: number
  seed: string
  untilMs: number
  /** Open time of the first minute that the source of prices did not know; undefined when it knew them all. */
  knownUntilMs?: number
  keys: ApiKey[]
  history: { name: string; bytes: number }
  memory: VenueMemory
}

/** What the last run has left: its last snapshot, and what happened since. */
export type Past = { snapshot: Snapshot; entries: JournalEntry[]; ended: Ended; cutBytes: number; isTorn: boolean }

/** The files of one exchange: a snapshot, the journal since, and the ended orders. */
export class KeptFiles {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** What the files hold; undefined when they hold nothing yet. Throws a sentence's end when they are damaged. */
  read(): Past | undefined {
    const file = this.at("snapshot")
    if (!existsSync(file)) return this.expectNothing()
    const snapshot = snapshotIn(readFileSync(file))
    const journal = readFileSync(this.at(journalName(snapshot.generation)))
    const { contents, goodBytes } = recordsIn(journal, journalSalt(snapshot.generation))
    return {
      snapshot,
      entries: contents.map((content) => JSON.parse(content.toString()) as JournalEntry),
      ended: endedIn(this.at(snapshot.history.name), snapshot.history.bytes),
      cutBytes: journal.length - goodBytes,
      isTorn: !isFollowed(journal.subarray(goodBytes), goodBytes, journalSalt(snapshot.generation)),
    }
  }

  /** The file of ended orders that a snapshot names, or a new one. */
  history(name: string, bytes = 0, ended?: Ended): OrderHistory {
    return new OrderHistory(this.at(name), bytes, ended)
  }

  /**
   * Replaces the snapshot, and with it the journal: both at once, whatever happens meanwhile. Returns the new, empty
   * journal.
   */
  write(snapshot: Snapshot): RecordFile {
    const { generation } = snapshot
    const [fresh, journalFile] = [this.at("snapshot.new"), this.at(journalName(generation))]
    try {
      const journal = new RecordFile(journalFile, journalSalt(generation), 0)
      const file = new RecordFile(fresh, SNAPSHOT_SALT, 0)
      file.append(serialize(snapshot))
      file.close()
      renameSync(fresh, this.at("snapshot"))
      syncFolder(this.folder)
      return journal
    } catch (error) {
      rmSync(fresh, { force: true })
      throw error
    }
  }

  /** Removes every file the snapshot does not need; what cannot be removed now is removed another time. */
  tidy({ generation, history }: Pick<Snapshot, "generation" | "history">): void {
    const needed = new Set(["snapshot", journalName(generation), history.name])
    const others = readdirSync(this.folder).filter((name) => !needed.has(name))
    try {
      for (const name of others) rmSync(this.at(name), { force: true })
    } catch {
      // They are in nobody's way.
    }
  }

  /** Keeps the damaged files beside the folder, and begins it anew; returns where they are. */
  setAside(): string {
    const aside = this.placeAside()
    renameSync(this.folder, aside)
    mkdirSync(this.folder, { mode: 0o700 })
    return aside
  }

  /** Copies a damaged journal beside the folder; returns the sentence that says where. */
  copyAside(generation: number): string {
    try {
      const folder = this.placeAside()
      mkdirSync(folder, { mode: 0o700 })
      const aside = join(folder, journalName(generation))
      copyFileSync(this.at(journalName(generation)), aside)
      return `The damaged file is ${aside}.`
    } catch (error) {
      return `The damaged file could not be copied (${(error as Error).message}).`
    }
  }

  /** A name nothing has yet. The first few damages are kept; after that the newest takes the place of the last. */
  private placeAside(): string {
    const places = Array.from(
      { length: MOST_ASIDE },
      (_, place) => `${this.folder}-damaged${place ? `-${place + 1}` : ""}`,
    )
    const free = places.find((place) => !existsSync(place)) ?? places[MOST_ASIDE - 1]
    rmSync(free, { recursive: true, force: true })
    return free
  }

  private expectNothing(): undefined {
    if (readdirSync(this.folder).some((name) => name.startsWith("ended-"))) throw new Error("its snapshot is missing")
  }

  private at(name: string): string {
    return join(this.folder, name)
  }
}

/** Makes the names of files durable, where the system has a call for it and the disk still takes it. */
function syncFolder(folder: string): void {
  let descriptor: number | undefined
  try {
    descriptor = openSync(folder, "r")
    fsyncSync(descriptor)
  } catch {
    // The new names hold already; only a power cut just now would bring the old ones back.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** The snapshot of a file; throws what is wrong with it. */
export function snapshotIn(bytes: Buffer): Snapshot {
  const { contents, goodBytes } = recordsIn(bytes, SNAPSHOT_SALT)
  if (contents.length !== 1 || goodBytes !== bytes.length) throw new Error("its snapshot is damaged")
  const snapshot = deserialize(contents[0]) as Snapshot
  if (snapshot.version !== VERSION) throw new Error("another version of Candlewright has written it")
  return snapshot
}

/** Whether a whole record comes after bytes that are none: then the file is damaged, not just cut short. */
function isFollowed(rest: Buffer, atByte: number, salt: string): boolean {
  for (let skipped = 1; skipped < rest.length; skipped++)
    if (firstRecord(rest.subarray(skipped), { salt, atByte: atByte + skipped }) !== undefined) return true
  return false
}

/** The journal that follows a snapshot. */
export function journalName(generation: number): string {
  return `journal-${generation}`
}

/** What its checksums are about, besides its entries. */
export function journalSalt(generation: number): string {
  return `journal ${VERSION}/${generation}`
}
