import { afterAll, beforeAll, expect, test } from "vitest"
import { type OwnerCommand, ownerCommand } from "../testing/owner-command.ts"

let owner: OwnerCommand
beforeAll(async () => void (owner = await ownerCommand()))
afterAll(() => owner.remove())

const of = ["--account", "paper"]
const wanted = [...of, "--market", "BTC/USDT", "--side", "buy", "--quantity", "0.001", "--key", "k1"]

test("an order by hand is placed once for its key, listed and, while it waits, cancelled; a stopped relay sends none", async () => {
  const relay = await owner.start({ speed: 1, historyDays: 1 })
  await owner.run("accounts", "add", "--name", "paper")
  const place = async (...words: string[]) =>
    JSON.parse((await owner.run("orders", "place", ...words, "--json")).out) as { stop: { id: string } }
  const first = await place(...wanted, "--stop-price", "20000")
  expect(first).toMatchObject({ status: "filled", stop: { status: "open" } })
  expect(await place(...wanted, "--stop-price", "20000")).toEqual(first)
  const { err } = await owner.run("orders", "place", ...wanted)
  expect(err).toContain("stands for another order already")
  expect((await owner.run("orders", "list", ...of)).out).toMatch(/BTC\/USDT stop, stop 20000\S* {2}by hand/)
  const { id } = first.stop
  expect((await owner.run("orders", "cancel", ...of, id)).out).toContain("The order has ended; nothing was traded.")
  await relay.stop()
  const stopped = await owner.run("orders", "place", ...of, ...wanted.slice(2, -1), "k2")
  expect([stopped.code, stopped.err]).toEqual([1, expect.stringContaining("Only a running relay orders")])
})
