import { randomBytes } from "node:crypto"
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { openRelayStore, type RelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { type KeySource, keySourceFrom } from "./key-source.ts"
import { type KeyPlace, type SealedKey, Vault } from "./vault.ts"

const surroundings = realSurroundings()
const key = { apiKey: "A".repeat(64), secret: "s3cret".repeat(10) }
let home: string
let store: RelayStore
let keyFile: string
let passphraseFile: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-vault-"))
  store = await openRelayStore({ dataDirectory: join(home, "data"), surroundings })
  keyFile = join(home, "config/candlewright/keys.key")
  passphraseFile = join(home, "passphrase")
})

afterEach(async () => {
  await store.close()
  await rm(home, { recursive: true })
})

const file = (): KeySource => ({ kind: "file", file: keyFile, isChosen: false })
const passphrase = (): KeySource => ({ kind: "passphrase", file: passphraseFile, isChosen: true })
const open = (source = file(), instanceId = store.instanceId) =>
  Vault.open({ database: store.database, instanceId, dataDirectory: join(home, "data"), source, surroundings })
const placeOf = (account: string, version = 1): KeyPlace => ({ owner: "owner", account, exchange: "binance", version })

/** Seals the key for an account and keeps it, as an account does. */
async function keep(vault: Vault, account: string): Promise<SealedKey> {
  const kept = await vault.seal(key, placeOf(account))
  const made = { id: account, owner: "owner", name: account, venue: "binance", mode: "live", created_ms: 0, risk: "{}" }
  await store.database
    .insertInto("account")
    .values({ ...made, key_version: 1 })
    .execute()
  const shown = { last4: "AAAA", fingerprint: "f", created_ms: 0 }
  await store.database
    .insertInto("account_key")
    .values({ account_id: account, version: 1, ...kept, ...shown })
    .execute()
  return kept
}

test("the key file is made when the first key comes, outside the data directory and for its owner alone", async () => {
  const vault = await open()
  await expect(stat(keyFile)).rejects.toThrow("ENOENT")
  const kept = await keep(vault, "one")
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600)
  expect((await stat(join(keyFile, ".."))).mode & 0o777).toBe(0o700)
  const after = await (await open()).unseal(kept, placeOf("one"))
  expect([after?.apiKey.reveal(), after?.secret.reveal()]).toEqual([key.apiKey, key.secret])
})

test("two first keys at once make one key file", async () => {
  const [one, other] = await Promise.all([open(), open()])
  const kept = await Promise.all([
    one.seal(key, placeOf("a")),
    one.seal(key, placeOf("b")),
    other.seal(key, placeOf("c")),
  ])
  expect(await one.unseal(kept[2], placeOf("c"))).toBeDefined()
  expect(await other.unseal(kept[0], placeOf("a"))).toBeDefined()
})

test("a sealed key of another account, exchange, owner, installation or version does not open, nor do mixed parts", async () => {
  const vault = await open()
  const [one, two] = [await keep(vault, "one"), await keep(vault, "two")]
  const opens = async (kept: SealedKey, place: KeyPlace) => (await vault.unseal(kept, place)) !== undefined
  expect(await opens(one, placeOf("one"))).toBe(true)
  expect(await opens(one, placeOf("two"))).toBe(false)
  expect(await opens(one, placeOf("one", 2))).toBe(false)
  expect(await opens(one, { ...placeOf("one"), exchange: "bybit" })).toBe(false)
  expect(await opens(one, { ...placeOf("one"), owner: "other" })).toBe(false)
  expect(
    await (await open(file(), "another installation")).unseal(one, placeOf("one")).catch((e: Error) => e.message),
  ).toContain("not the one they were sealed with")
  for (const part of ["account_key", "api_key", "secret"] as const)
    expect(await opens({ ...one, [part]: two[part] }, placeOf("one")), part).toBe(false)
  expect(await opens({ ...one, api_key: one.secret, secret: one.api_key }, placeOf("one"))).toBe(false)
})

test("with another key file or none the keys are locked with a sentence, and the right one opens them again", async () => {
  const kept = await keep(await open(), "one")
  const right = await readFile(keyFile)
  await rm(keyFile)
  const gone = await open()
  expect(gone.lockedBecause).toContain(
    `the key file ${keyFile} is not there. Put it back and start again; nothing is lost.`,
  )
  await expect(gone.seal(key, placeOf("two"))).rejects.toThrow("is not there")
  await expect(stat(keyFile), "no new file takes its place").rejects.toThrow("ENOENT")
  await writeFile(keyFile, `candlewright-key-1 ${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 })
  const other = await open()
  expect(other.lockedBecause).toContain("is not the one they were sealed with")
  await expect(other.unseal(kept, placeOf("one"))).rejects.toThrow("locked")
  for (const text of ["", "hello", `candlewright-key-1 ${"A".repeat(42)}\n`, "x".repeat(5_000)]) {
    await writeFile(keyFile, text)
    expect((await open()).lockedBecause, text.slice(0, 20)).toMatch(/is no key/)
  }
  await writeFile(keyFile, right)
  await chmod(keyFile, 0o644)
  expect((await open()).lockedBecause).toContain(`Other people on this computer can read ${keyFile}. Run "chmod 600`)
  await chmod(keyFile, 0o600)
  expect(await (await open()).unseal(kept, placeOf("one"))).toBeDefined()
})

test("a passphrase seals too; without it, with another or a short one, the keys are locked", async () => {
  await writeFile(passphraseFile, "correct horse\n", { mode: 0o600 })
  const kept = await keep(await open(passphrase()), "one")
  await writeFile(passphraseFile, "correct horse")
  expect(await (await open(passphrase())).unseal(kept, placeOf("one"))).toBeDefined()
  await writeFile(passphraseFile, "Correct horse")
  expect((await open(passphrase())).lockedBecause).toContain("is not the one they were sealed with")
  await writeFile(passphraseFile, "short")
  expect((await open(passphrase())).lockedBecause).toContain("too short")
  await rm(passphraseFile)
  expect((await open(passphrase())).lockedBecause).toContain("passphrase file")
  expect((await open()).lockedBecause).toContain(
    "they open with a passphrase. Name its file in CANDLEWRIGHT_PASSPHRASE_FILE",
  )
})

test("a key file in the data directory, by whatever path, is refused", async () => {
  await mkdir(join(home, "data/in"), { recursive: true })
  for (const path of ["data/keys.key", "data/in/deeper/keys.key", "data/../data/keys.key"]) {
    const vault = await open({ ...file(), file: join(home, path) })
    await expect(vault.seal(key, placeOf("one"))).rejects.toThrow("is inside the data directory")
  }
  const vault = await open({ ...file(), file: join(home, "data-of-keys/keys.key") })
  expect(await vault.seal(key, placeOf("one"))).toBeDefined()
})

test("where no key file can be made, the sentence names the place and the way out, and a later try can succeed", async () => {
  await writeFile(join(home, "config"), "a file where the folder belongs")
  const vault = await open()
  await expect(vault.seal(key, placeOf("one"))).rejects.toThrow(
    /^The key file cannot be made: .*config.*Set CANDLEWRIGHT_KEY_FILE to a place you own\.$/,
  )
  await rm(join(home, "config"))
  expect(await vault.seal(key, placeOf("one"))).toBeDefined()
})

test("once the last key is gone, the vault begins anew with whatever source there is", async () => {
  await keep(await open(), "one")
  await rm(keyFile)
  await store.database.deleteFrom("account_key").execute()
  const vault = await open()
  expect(vault.lockedBecause).toBeUndefined()
  const kept = await vault.seal(key, placeOf("two"))
  expect(await vault.unseal(kept, placeOf("two"))).toBeDefined()
})

test("the environment names the source; without a word it is a file among the person's settings", () => {
  expect(keySourceFrom({ XDG_CONFIG_HOME: "/cfg" })).toEqual({
    kind: "file",
    file: "/cfg/candlewright/keys.key",
    isChosen: false,
  })
  expect(keySourceFrom({ CANDLEWRIGHT_KEY_FILE: "/k" })).toEqual({ kind: "file", file: "/k", isChosen: true })
  expect(keySourceFrom({ CANDLEWRIGHT_PASSPHRASE_FILE: "/p" })).toEqual({
    kind: "passphrase",
    file: "/p",
    isChosen: true,
  })
})

test("a passphrase is needed from the start, and once chosen no key file takes its place without a word", async () => {
  expect((await open(passphrase())).lockedBecause).toContain(`the passphrase file ${passphraseFile} is not there`)
  await writeFile(passphraseFile, "correct horse", { mode: 0o600 })
  expect((await open(passphrase())).lockedBecause).toBeUndefined()
  const without = await open()
  expect(without.lockedBecause).toContain("they open with a passphrase")
  await expect(without.seal(key, placeOf("one"))).rejects.toThrow("they open with a passphrase")
  expect((await open({ ...file(), isChosen: true })).lockedBecause).toBeUndefined()
})
