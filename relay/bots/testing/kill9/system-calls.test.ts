import { expect, test } from "vitest"
import { callsIn, faultOf } from "./system-calls.ts"

const record = '12 pwrite64(17</data/relay.db-wal>, "\\0\\0cw1a2b\\0", 4096, 32) = 4096'
const sync = "12 fdatasync(17</data/relay.db-wal>) = 0"
const send =
  '10 write(24<TCP:[127.0.0.1:40000->127.0.0.1:9100]>, "POST /api/v3/order?newClientOrderId=cw1a2b", 40) = 40'
const verdict = (...lines: string[]) => faultOf(callsIn(lines.join("\n")), "cw1a2b", 9100)

test("an order whose record was written and synced before it left is fine", () => {
  expect(verdict(record, sync, send)).toBeUndefined()
  expect(
    verdict(record, "12 fdatasync(17</data/relay.db-wal> <unfinished ...>", "12 <... fdatasync resumed>) = 0", send),
  ).toBeUndefined()
})

test("an order that left without a record, before it, before the sync was over, or beside a sync of something else is found", () => {
  const early = "cw1a2b was sent before its record was on the disk"
  expect(verdict(record, sync)).toBe("cw1a2b was never sent")
  expect(verdict(send, record, sync)).toBe("cw1a2b was sent before it was written down")
  expect(verdict(record, send, sync)).toBe(early)
  expect(verdict(sync, record, send)).toBe(early)
  expect(verdict(record, "12 fdatasync(9</data/candles.db-wal>) = 0", send)).toBe(early)
  expect(verdict(record, "13 fdatasync(17</data/relay.db-wal>) = 0", send)).toBe(early)
  expect(
    verdict(record, "12 fdatasync(17</data/relay.db-wal> <unfinished ...>", send, "12 <... fdatasync resumed>) = 0"),
  ).toBe(early)
})
