import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { checkedDocument } from "../../../testing/code-story.ts"
import { coreSources } from "../../../testing/core-sources.ts"
import { codeTypings } from "./code-typings.ts"
import { convertToCode } from "./convert-to-code.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { codeTemplates } from "../templates/code-templates.ts"
import { strategyTemplates } from "../templates/templates.ts"

const compiler = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url))
let folder = ""
let typings = ""

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "candlewright-typings-"))
  typings = codeTypings(await coreSources())
  await writeFile(join(folder, "candlewright.d.ts"), typings)
})

afterAll(() => rm(folder, { recursive: true }))

/** TypeScript's errors in sources written against the typings alone. */
async function complaints(sources: Record<string, string>): Promise<string[]> {
  const names = await Promise.all(
    Object.entries(sources).map(async ([name, source]) => {
      await writeFile(join(folder, name), source)
      return join(folder, name)
    }),
  )
  const words = [
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--lib",
    "es2022",
    "--types",
    "",
    "--pretty",
    "false",
    join(folder, "candlewright.d.ts"),
    ...names,
  ]
  const said = await new Promise<string>((resolve) =>
    execFile(process.execPath, [compiler, ...words], { cwd: folder }, (_error, out) => resolve(out)),
  )
  return said.split("\n").filter((line) => line.includes("error TS"))
}

test("every template, converted or written in code, and the page's example are sound by the typings", async () => {
  const converted = strategyTemplates.map(({ id, document }) => {
    const answer = convertToCode(checkedDocument(document))
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
    return [`${id}.ts`, answer.document.code!.source]
  })
  const written = codeTemplates.map(({ id, document }) => [`${id}.ts`, document.code!.source])
  const page = await readFile(new URL("../../../../docs/code-strategies.md", import.meta.url), "utf8")
  const example = /```ts\n([\s\S]*?)```/.exec(page)![1]
  expect(await complaints(Object.fromEntries([...converted, ...written, ["example.ts", example]]))).toEqual([])
})

test("an editor underlines what a strategy does not have: a typo, a wrong type, and the engine's own parts", async () => {
  const strategy = (body: string) =>
    `import { Candle, Rsi, Strategy } from "candlewright"\nexport class Mine extends Strategy {\n  onCandle(candle: Candle): void {\n    ${body}\n  }\n}\n`
  const lines = {
    "slip.ts": "this.by()",
    "type.ts": 'new Rsi("14").next(candle.close)',
    "inside.ts": "this.forgetWishes()",
    "fine.ts": 'this.buy().stop(candle.low).target(candle.high, 0.5).tag("x")',
  }
  const said = await complaints(Object.fromEntries(Object.entries(lines).map(([name, body]) => [name, strategy(body)])))
  expect(said.map((line) => /\w+\.ts\(\d+/.exec(line)![0]).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "inside.ts(4",
    "slip.ts(4",
    "type.ts(4",
  ])
})

test("they contain every function of the formula language with its documentation, except plain arithmetic", () => {
  const arithmetic = new Set([
    "abs",
    "min",
    "max",
    "floor",
    "ceil",
    "round",
    "sqrt",
    "log",
    "exp",
    "pow",
    "sign",
    "clamp",
    "nz",
  ])
  const shown = (name: string) =>
    new RegExp(`\\*/\\n  export (class ${name[0].toUpperCase()}${name.slice(1)}|function ${name}\\b)`).test(typings)
  expect([...functionCatalogue.keys()].filter((name) => !arithmetic.has(name) && !shown(name))).toEqual([])
})
