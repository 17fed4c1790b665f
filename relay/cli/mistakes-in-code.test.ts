import { writeFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type CommandFolder, commandFolder } from "./testing/command-folder.ts"

let at: CommandFolder
beforeAll(async () => void (at = await commandFolder()))
afterAll(() => at.remove())

async function saidOf(...rows: string[]): Promise<string> {
  const source = rows.join("\n")
  const document = {
    format: "candlewright.strategy/1",
    name: "Mistaken",
    timeframe: "1h",
    code: { language: "assemblyscript", source },
  }
  await writeFile(at.inFolder("mistaken.json"), JSON.stringify(document))
  return (await at.candlewright("check", "mistaken.json")).err
}

const begin = ['import { Candle, Strategy } from "candlewright"', "export class A extends Strategy {"]
const onCandle = (words: string) => `  onCandle(candle: Candle): void { ${words} }`

test("the answer to a mistake in code gives its line, in names and never in the compiler's own paths", async () => {
  const text = await saidOf(...begin, onCandle('const x: f64 = "a"'), "}")
  expect(text).toContain("mistaken.json: code.source, line 3: Type 'String' is not assignable to type 'f64'.")
  const other = await saidOf(...begin, onCandle("const x: Array<string> = candle"), "}")
  expect(other).toContain("line 3: Type 'Candle' is not assignable to type 'Array<String>'.")
  const file = await saidOf(begin[0], 'import { readFileSync } from "fs"', begin[1], onCandle("this.buy()"), "}")
  expect(file).toContain('code.source, line 2: A strategy may import from "candlewright" only.')
  for (const words of [text, other, file]) expect(words).not.toMatch(/~lib|node_modules|core\//)
})

test("what is wrong with the code as a whole names no line", async () => {
  expect(await saidOf("// nothing yet")).toContain("mistaken.json: code.source: Write a class that is your strategy")
})
