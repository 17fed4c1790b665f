import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { checksumDefect, withChecksums } from "./import-checksum.ts"

const zip = new File(["candles"], "BTCUSDT-1m-2024-01.zip")
const sum = new File(
  [`${createHash("sha256").update("candles").digest("hex")}  BTCUSDT-1m-2024-01.zip\n`],
  "BTCUSDT-1m-2024-01.zip.CHECKSUM",
)
const other = new File(["x"], "BTCUSDT-1m-2024-02.zip.CHECKSUM")

test("a checksum belongs to the file it is named after; one without its file is listed", () => {
  expect(withChecksums([sum, zip, other])).toEqual({ files: [{ file: zip, checksum: sum }], lonely: [other] })
  expect(withChecksums([zip])).toEqual({ files: [{ file: zip, checksum: undefined }], lonely: [] })
})

test("a whole download fits its checksum, a damaged one does not", async () => {
  expect(await checksumDefect(zip, sum)).toBeUndefined()
  expect(await checksumDefect(new File(["candles?"], zip.name), sum)).toContain(
    "It does not match BTCUSDT-1m-2024-01.zip.CHECKSUM",
  )
  expect(await checksumDefect(zip, other)).toContain("holds no sha256")
})
