import { expect, test } from "vitest"
import { bugReporter } from "./bug-report.ts"

test("a bug is printed with its place; one that repeats is printed a few times a minute and counted", () => {
  const printed: string[] = []
  let nowMs = 0
  const report = bugReporter({ steadyMs: () => nowMs, print: (text) => printed.push(text) })
  report(new Error("planted"))
  expect(printed[0]).toMatch(/^Candlewright made a mistake and goes on\. Error: planted\n {4}at .*bug-report\.test\.ts/)
  for (let n = 0; n < 1_000; n++) report("again")
  expect(printed).toHaveLength(10)
  nowMs = 60_000
  report("later")
  expect(printed.slice(10)).toEqual([
    "991 more mistakes in the minute before were not printed.",
    "Candlewright made a mistake and goes on. later",
  ])
})

test("what a stranger put into an error does nothing to the terminal", () => {
  const printed: string[] = []
  bugReporter({ print: (text) => printed.push(text) })("\u001b]0;owned\u0007\r\u001b[2K")
  expect(printed[0].replaceAll("\n", "")).not.toMatch(/\p{Cc}/u)
})
