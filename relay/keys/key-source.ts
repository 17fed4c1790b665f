import { realpath } from "node:fs/promises"
import { homedir } from "node:os"
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path"
import { plainText } from "#engine/candles"

/** Where the key that seals all others comes from, and whether a person chose that. */
export type KeySource = { kind: "file" | "passphrase"; file: string; isChosen: boolean }

/** The keys are locked: a sentence that says why and what to do. Nothing is lost. */
export class VaultLocked extends Error {
  override name = "VaultLocked"
}

type Environment = Partial<Record<"CANDLEWRIGHT_KEY_FILE" | "CANDLEWRIGHT_PASSPHRASE_FILE" | "XDG_CONFIG_HOME", string>>

/** The source the environment names; by default a file among the person's settings, outside every data directory. */
export function keySourceFrom(environment: Environment): KeySource {
  const { CANDLEWRIGHT_KEY_FILE: file, CANDLEWRIGHT_PASSPHRASE_FILE: passphrase, XDG_CONFIG_HOME: home } = environment
  if (passphrase) return { kind: "passphrase", file: resolve(passphrase), isChosen: true }
  return {
    kind: "file",
    isChosen: Boolean(file),
    file: file ? resolve(file) : join(home || join(homedir(), ".config"), "candlewright", "keys.key"),
  }
}

/** Refuses a source inside the data directory: whoever copies the sealed keys would copy what opens them. */
export async function refuseInside(dataDirectory: string, { file }: KeySource): Promise<void> {
  const [data, place] = [await realPath(dataDirectory), await realPath(file)]
  const way = relative(data, place)
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return
  throw new VaultLocked(
    `${shown(file)} is inside the data directory, beside the keys it opens. Move it out and name its new place in CANDLEWRIGHT_KEY_FILE or CANDLEWRIGHT_PASSPHRASE_FILE.`,
  )
}

/** The path without links, as far as it exists. */
async function realPath(path: string): Promise<string> {
  const above = dirname(path)
  return realpath(path).catch(async () => (above === path ? path : join(await realPath(above), basename(path))))
}

/** A file's name in a sentence. */
export function shown(file: string): string {
  return plainText(file, 200)
}
