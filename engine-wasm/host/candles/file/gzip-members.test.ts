import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { damageIsRefused, membersReadAsOne } from "../../../testing/gzip-story.ts"
import { readCandleFile } from "./candle-file.ts"
import { fileLimits } from "./file-limits.ts"

test("a gzip in several members is read as one", async () => {
  await expect(membersReadAsOne(150)).resolves.toBeUndefined()
})
test("damage, and anything behind the end, is refused", async () => {
  await expect(damageIsRefused(100)).resolves.toBeUndefined()
})

test("more members than anybody writes are refused", async () => {
  const empty = gzipSync("")
  const many = new Blob(Array.from({ length: 30 }, () => Uint8Array.from(empty)))
  expect(await readCandleFile(many.stream(), { limits: { ...fileLimits, mostMembers: 20 } })).toMatchObject({
    because: "The gzip file is put together from more than 20 files; unpack it and pack it again as one.",
  })
})
