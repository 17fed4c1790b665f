import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { realSurroundings } from "../surroundings.ts"
import { openedApp } from "../testing/opened-app.ts"
import { makeBackup } from "./backup.ts"

test("a backup has the keys of accounts only sealed, and nothing that opens them", async () => {
  const surroundings = realSurroundings()
  const home = await mkdtemp(join(tmpdir(), "candlewright-backup-"))
  await mkdir(join(home, "staging"))
  const relay = await openedApp({ home, surroundings, checkKey: async () => ({ ok: true }) })
  const headers = await relay.bearer("admin")
  const key = { apiKey: "aB3x".repeat(16), secret: "Qw7e".repeat(16) }
  const body = { name: "live", venue: "binance", mode: "live", key }
  expect((await relay.ask("POST /api/accounts", { headers, body })).status).toBe(201)
  const parts = { dataDirectory: join(home, "data"), staging: join(home, "staging"), version: "1", surroundings }
  const { header } = await makeBackup(parts)
  expect(header.files.map(({ name }) => name)).toEqual(["relay.db"])
  const copied = await readFile(join(home, "staging", "relay.db"))
  const ownerKey = (await readFile(join(home, "keys.key"), "utf8")).trim().split(" ")[1]
  const token = headers.authorization.split(" ")[1]
  for (const secret of [key.apiKey, key.secret, ownerKey, token])
    for (const encoding of ["utf8", "base64", "base64url", "hex", "utf16le"] as const) {
      const bytes = Buffer.from(secret)
      const written = encoding === "utf16le" ? Buffer.from(secret, "utf16le") : bytes.toString(encoding)
      expect(copied.includes(written), encoding).toBe(false)
    }
  expect(copied.includes("cw1.")).toBe(true)
  await relay.close()
  await rm(home, { recursive: true, force: true })
})
