import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as z from "zod"
import { FIRST_PERSON } from "../store/person-schema.ts"
import type { Surroundings } from "../surroundings.ts"

const draft = z.object({
  id: z.string(),
  savedMs: z.number(),
  name: z.string(),
  /** Why it was made, in the assistant's words. */
  note: z.string(),
  strategy: z.record(z.string(), z.unknown()),
  /** Whose it is; undefined for the first person's, as all of before there were people. */
  person: z.string().optional(),
})

/** A strategy that an assistant wrote down. It is in use nowhere: a person takes it into the library, or not. */
export type Draft = z.infer<typeof draft>

/** Older drafts are not pushed out: a person throws them away. */
export const MOST_DRAFTS = 50
const idPattern = /^[0-9a-f]{16}$/

type DraftsDeps = { dataDirectory: string; surroundings: Pick<Surroundings, "nowMs" | "secretBytes"> }

/** Drafts, each a file of the data directory, so that they are the same whether a relay runs or not. */
export class Drafts {
  readonly #folder: string

  constructor(private readonly deps: DraftsDeps) {
    this.#folder = join(deps.dataDirectory, "drafts")
  }

  /** Those of a person, the newest first. */
  async list(person = FIRST_PERSON): Promise<Omit<Draft, "person">[]> {
    const own = (await this.#all()).filter((one) => (one.person ?? FIRST_PERSON) === person)
    return own.map(({ id, savedMs, name, note, strategy }) => ({ id, savedMs, name, note, strategy }))
  }

  /** Whose it is, as far as drafts name them; undefined where there is none. */
  async ownerOf(id: string): Promise<string | undefined> {
    const found = (await this.#all()).find((one) => one.id === id)
    return found && (found.person ?? FIRST_PERSON)
  }

  /** What is no draft is left out. */
  async #all(): Promise<Draft[]> {
    const names = (await readdir(this.#folder).catch(() => [])).filter((name) => /^[0-9a-f]{16}\.json$/.test(name))
    const read = await Promise.all(names.slice(0, MOST_DRAFTS).map((name) => readDraft(join(this.#folder, name))))
    return read.filter((one) => one !== undefined).toSorted((one, other) => other.savedMs - one.savedMs)
  }

  /** Undefined while there are as many as may be. */
  async save(written: Omit<Draft, "id" | "savedMs">): Promise<Draft | undefined> {
    if ((await this.#all()).length >= MOST_DRAFTS) return undefined
    const { surroundings } = this.deps
    const id = Buffer.from(surroundings.secretBytes(8)).toString("hex")
    const made = { ...written, id, savedMs: surroundings.nowMs() }
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const file = join(this.#folder, `${id}.json`)
    await writeFile(`${file}.new`, JSON.stringify(made), { mode: 0o600 })
    await rename(`${file}.new`, file)
    return made
  }

  /** False where there is none. */
  async remove(id: string): Promise<boolean> {
    if (!idPattern.test(id) || !(await this.#all()).some((one) => one.id === id)) return false
    await rm(join(this.#folder, `${id}.json`), { force: true })
    return true
  }
}

async function readDraft(file: string): Promise<Draft | undefined> {
  try {
    return draft.parse(JSON.parse(await readFile(file, "utf8")))
  } catch {
    return undefined
  }
}
