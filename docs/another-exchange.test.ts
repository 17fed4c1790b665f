import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { sourceFile, type SourceFile, sourceFiles } from "./source-file.ts"

const root = new URL("../", import.meta.url)
const page = readFileSync(new URL("docs/another-exchange.md", root), "utf8")
const named = new Set([...page.matchAll(/`((?:relay|web|docs|e2e|scripts)\/[\w./-]+)`/g)].map(([, path]) => path))

/** A record by exchange, or a question whether one is meant. */
const knowsByName = /\bRecord<RealVenueId,|[=!]== "(binance|bybit|coinbase)"|"bybit", "coinbase"|"bybit" \| "coinbase"/

/** The simulated exchange has its languages in one list, and their folders stand beside it. */
function isOfOneLanguage({ path }: SourceFile): boolean {
  return path.startsWith("relay/exchange/simulated/")
}

test("each file that docs/another-exchange.md names is there", () => {
  expect(named.size).toBeGreaterThan(20)
  expect([...named].filter((path) => !existsSync(fileURLToPath(new URL(path, root))))).toEqual([])
})

test("each file that knows exchanges by name is named in docs/another-exchange.md", () => {
  const knowing = sourceFiles().filter((file) => !file.isTest && !isOfOneLanguage(file) && knowsByName.test(file.text))
  expect(knowing.length).toBeGreaterThan(10)
  expect(knowing.map(({ path }) => path).filter((path) => !named.has(path))).toEqual([])
})

test("a record by exchange, and a question for one, would be found", () => {
  const found = (text: string) => knowsByName.test(sourceFile("relay/a.ts", text).text)
  expect(found("const words: Readonly<Record<RealVenueId, string>> = {}")).toBe(true)
  expect(found('if (venue !== "bybit") return')).toBe(true)
  expect(found('const shown = "bybit"')).toBe(false)
})
