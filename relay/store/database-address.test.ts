import { mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { databaseAddress } from "./database-address.ts"

const folder = await mkdtemp(join(tmpdir(), "candlewright-address-"))
const address = "postgres://candlewright:secret@postgres:5432/candlewright"

test("the database's address stands in the environment or in a file, as containers keep secrets", async () => {
  const file = join(folder, "database-url")
  await writeFile(file, `${address}\n`)
  expect(databaseAddress({})).toBeUndefined()
  expect(databaseAddress({ DATABASE_URL: "" })).toBeUndefined()
  expect(databaseAddress({ DATABASE_URL: address })).toBe(address)
  expect(databaseAddress({ DATABASE_URL_FILE: file })).toBe(address)
})

test("two addresses, an empty file and one that is not there are refused in a sentence", async () => {
  const empty = join(folder, "empty")
  await writeFile(empty, "\n")
  expect(() => databaseAddress({ DATABASE_URL: address, DATABASE_URL_FILE: empty })).toThrow(/Leave one of them out/)
  expect(() => databaseAddress({ DATABASE_URL_FILE: empty })).toThrow(`${empty}, is empty`)
  expect(() => databaseAddress({ DATABASE_URL_FILE: join(folder, "absent") })).toThrow(/^The file in DATABASE_URL_FILE/)
})
