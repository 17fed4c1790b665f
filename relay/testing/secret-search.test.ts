import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { findSecrets, writingsOf } from "./secret-search.ts"

const secret = "CanaryOfTheSearcher0x7Qx7Qx7QEnd"
const around = (bytes: Buffer) => Buffer.concat([Buffer.from("left \u0000 behind "), bytes, Buffer.from(" and more")])
const found = (bytes: Buffer) => findSecrets([{ name: "file", bytes }], { secret })

test("a planted secret is found in each of its writings, wherever it stands, whole or in half, packed or not", () => {
  const writings = Object.entries(writingsOf(secret))
  expect(writings.length).toBeGreaterThan(8)
  const half = Object.values(writingsOf(secret.slice(16)))
  for (const bytes of [...writings.map(([, written]) => written), ...half]) {
    expect(found(around(bytes)), bytes.toString("latin1")).not.toEqual([])
    expect(
      found(Buffer.concat([Buffer.from([0, 0x1f, 0x8b, 0x08]), gzipSync(around(bytes)), bytes.subarray(0, 4)])),
    ).not.toEqual([])
  }
  for (let before = 0; before < 6; before++)
    for (const encoding of ["base64", "base64url"] as const) {
      const text = Buffer.from(`${"x".repeat(before)}${secret}?>`).toString(encoding)
      expect(found(Buffer.from(text)), `${encoding} after ${before}`).not.toEqual([])
    }
})

test("what is only alike is not found", () => {
  expect(found(Buffer.from("CanaryOfTheSea rcher0x7Qx7Qx7QEn and CanaryOfTheOther"))).toEqual([])
})
