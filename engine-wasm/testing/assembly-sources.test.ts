import { readdir, readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { deadCode, importCircles, overriddenMethods, strayImports } from "./assembly-sources.ts"
import { coreSources } from "./core-sources.ts"

const host = new URL("../host/", import.meta.url)
const sources = await coreSources()

test("the assembly's imports go one way, and its rooms build on each other", () => {
  expect(importCircles(sources)).toEqual([])
  expect(strayImports(sources)).toEqual([])
})

test("everything in the assembly is used", async () => {
  const names = (await readdir(host, { recursive: true })).filter((name) => name.endsWith(".ts"))
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, host), "utf8")))
  expect(deadCode(sources, texts.join("\n"))).toEqual([])
})

test("no struct without a header overrides a method of its base", () => {
  expect(overriddenMethods(sources)).toEqual([])
})

test("a circle, unused code and an overridden method are found", () => {
  const planted = {
    "a.ts": 'import { b } from "./b"\nimport { c } from "./b"\nexport function a(): void { b() }\n',
    "b.ts":
      'import { a } from "./a"\nexport function b(): void { a() }\nexport function c(): void {}\nfunction d(): void {}\n',
    "c.ts":
      "@unmanaged\nexport class Base {\n  next(): void {\n  }\n}\n@unmanaged\nexport class Own extends Base {\n  left: f64\n  next(): void {\n  }\n}\n",
  }
  expect(importCircles(planted)).toEqual(["a.ts → b.ts → a.ts"])
  expect(deadCode(planted, "")).toEqual([
    "a.ts imports c for nothing",
    "b.ts has d, which nobody uses",
    "c.ts has Own, which nobody uses",
    "c.ts has Own.left, which nobody uses",
  ])
  expect(overriddenMethods(planted)).toEqual(["Own.next"])
})

test("an import from an upper room, into a strategy's code, or from a room without a name is found", () => {
  const planted = {
    "column.ts": "export const a: i32 = 1\n",
    "account/account.ts": 'import { a } from "../column"\nimport { b } from "../fill/limit"\n',
    "fill/limit.ts": 'import { c } from "../code/order"\nimport { d } from "../account/account"\n',
    "code/order.ts": 'import { d } from "../account/account"\n',
    "decide/by-code.ts": 'import { c } from "../code/order"\n',
    "broker/fills.ts": 'import { a } from "../column"\n',
  }
  expect(strayImports(planted)).toEqual([
    "account/account.ts imports fill/limit.ts",
    "fill/limit.ts imports code/order.ts",
    "broker/fills.ts imports column.ts",
  ])
})
