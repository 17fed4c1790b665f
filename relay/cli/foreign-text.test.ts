import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { builtCommand, said } from "./testing/built-command.ts"

let command = ""
let folder = ""

beforeAll(async () => {
  command = await builtCommand()
  folder = await mkdtemp(join(tmpdir(), "candlewright-foreign-"))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

const LONGEST_ANSWER = 20_000
const bits = fc.constantFrom(
  "\u001b]0;owned\u0007",
  "\u001b[2J",
  "\r\u001b[1A\u001b[2K",
  "\u009b31m",
  "\u202e",
  "\u2066",
  "\u200b",
  "\ufeff",
  "\u2028",
  "\0",
  "\b",
  "\u007f",
  "=cmd",
  "a",
  '"',
  ",",
  "`",
  "(",
  "-",
)
/** What nobody would type: it moves cursors, turns text round, hides, or never ends. */
const hostile = fc
  .tuple(
    fc.array(fc.oneof(bits, fc.string({ unit: "binary", maxLength: 6 })), { minLength: 1, maxLength: 8 }),
    fc.nat(3),
  )
  .map(([parts, size]) => parts.join("").repeat(size === 0 ? Math.ceil(2 ** 20 / parts.join("x").length) : 1))

/** A word of a command line holds no NUL and has an end. */
const asWord = (text: string) => text.replaceAll("\0", "").slice(0, 50_000)
const candles = (name: string, cell: string) =>
  [`open_time_ms,open,high,low,close,${name}`, "0,1,2,1,2,5", `60000,1,2,${cell},2,5`].join("\n")
const strategy = (fields: Record<string, unknown>) =>
  JSON.stringify({
    version: 1,
    name: "Any",
    timeframe: "1h",
    long: { enter: { all: ["close > open"] } },
    ...fields,
  })

async function answers(text: string) {
  const word = asWord(text)
  const files: Record<string, string> = {
    "cell.csv": candles("volume", text),
    "header.csv": candles(text, "1"),
    "rows.json": JSON.stringify([{ [text]: text, time: text }]),
    "named.json": strategy({ name: text }),
    "formula.json": strategy({ long: { enter: { all: [`close > ${text}`] } } }),
    "field.json": strategy({ [text]: 1, series: { [text]: text }, params: { [text]: { default: text } } }),
    "markets.json": strategy({ markets: [text], timeframe: text }),
    "raw.json": text,
    "script.pine": `//@version=5\nstrategy("${text}")\nx = ${text}\nif x > 0\n    strategy.entry("${text}", strategy.long)\n`,
    "script.py": `class ${text}(IStrategy):\n    timeframe = "${text}"\n    ${text} = ${text}\n`,
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const commands = [
    ["candles", "check", "cell.csv"],
    ["candles", "check", "header.csv", "--json"],
    ["candles", "check", "rows.json"],
    ["candles", "synth", "--seed", word],
    ["candles", "list", `--${word}`],
    ["check", "named.json", "--json"],
    ["check", "formula.json"],
    ["check", "field.json"],
    ["check", "markets.json"],
    ["check", "raw.json"],
    ["backtest", "--strategy", "named.json", "--candles", `${word}=cell.csv`],
    ["backtest", "--strategy", "named.json", "--candles", "cell.csv", "--param", word],
    ["sweep", "--strategy", "named.json", "--candles", "header.csv", "--vary", word],
    ["series", "--candles", "header.csv", "--formula", word],
    ["translate", "script.pine"],
    ["translate", "script.py", "--json"],
    [word],
  ].filter(([name]) => name !== "serve")
  return Promise.all(
    commands.map(async (words) => ({ words, ...(await said(process.execPath, [command, ...words], folder)) })),
  )
}

/** Line ends and tabs are what plain text has. */
const raw = /(?![\n\t])[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u

test("nothing that a file, a name or a word holds reaches the terminal raw, or without end", async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      for (const { words, code, out, err } of await answers(text)) {
        const which = words.slice(0, 3).join(" ").slice(0, 60)
        expect([0, 1, 2], which).toContain(code)
        expect(raw.exec(out + err)?.[0], which).toBe(undefined)
        expect(err, which).not.toMatch(/\n\s+at /)
        expect(err.length, which).toBeLessThan(LONGEST_ANSWER)
      }
    }),
    { numRuns: 4, examples: [["\u001b]0;owned\u0007\u202e=".repeat(80_000)]] },
  )
}, 240_000)
