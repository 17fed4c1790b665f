import { strategyFromJson } from "#engine/strategy"
import { expect, test } from "vitest"
import { markOf } from "./json-mark.ts"

const document = {
  format: "candlewright.strategy/1",
  name: 'a "long" name, {with} [everything]: in it',
  timeframe: "1h",
  params: { length: { type: "int", value: 14, min: 2, max: 50 }, long: { type: "bool", value: true } },
  long: { enter: { all: ["close > open", "rsi(close, length) < 30"] } },
}

/** What is marked, and the lines it is on. */
function marked(text: string) {
  const read = strategyFromJson(text)
  if (read.ok) return []
  return read.problems.map((problem) => {
    const { start, end, line, message } = markOf(text, problem)
    return { text: text.slice(start, end), line, message }
  })
}

test("a mistake is marked where it is written, whatever is called the same", () => {
  const text = JSON.stringify(
    { ...document, long: { enter: { all: ["close > open", "rsi(close, size) < 30"] } } },
    null,
    2,
  )
  expect(marked(text)).toMatchObject([
    { text: '"rsi(close, size) < 30"', line: text.slice(0, text.indexOf("size")).split("\n").length },
  ])
})

test("a field that does not belong is marked by its name; one that is missing, by the part that lacks it", () => {
  expect(marked(JSON.stringify({ ...document, long: { enter: { all: ["close > open"] }, exti: null } }))).toMatchObject(
    [{ text: expect.stringMatching(/"exti"|"long"/) }],
  )
  const { max: _, ...length } = document.params.length
  expect(marked(JSON.stringify({ ...document, params: { length } }))).toMatchObject([{ text: '"length"' }])
})

test("JSON that breaks off is marked at the character, and the line is said once", () => {
  const [mark] = marked('{\n  "format": ')
  expect(mark.line).toBe(2)
  expect(mark.message).not.toMatch(/line/)
})
