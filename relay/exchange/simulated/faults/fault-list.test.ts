import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")
const exchangeRoom = new URL("../../", import.meta.url)
const tests = readdirSync(exchangeRoom, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts") && !name.includes("fault-list"))
  .map((name) => readFileSync(new URL(name, exchangeRoom), "utf8"))
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `F${String(from + index).padStart(2, "0")}`)
// F90 and above belong to the bot runner.
const faults = [...numbered(1, 25), ...numbered(30, 42), ...numbered(50, 70), ...numbered(80, 85)]

test("every fault of the list is provoked by a test that names it", () => {
  expect(faults.filter((name) => !tests.some((text) => new RegExp(`${name}\\b`).test(text)))).toEqual([])
})

test("the page about the exchange describes every fault of the list", () => {
  const page = read("../../../../docs/simulated-exchange.md")
  expect(faults.filter((name) => !new RegExp(`${name}\\b`).test(page))).toEqual([])
})
