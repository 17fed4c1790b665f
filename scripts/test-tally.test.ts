import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closingLine, playwrightTally, stepTally, vitestTally } from "./test-tally.ts"

let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "candlewright-tally-"))))
afterAll(() => rm(folder, { recursive: true }))

async function report(contents: unknown) {
  const file = join(folder, "report.json")
  await writeFile(file, typeof contents === "string" ? contents : JSON.stringify(contents))
  return file
}

const vitest = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [] as unknown[],
}

test("both runners are added up into one line", async () => {
  const units = await vitestTally(await report(vitest), 0)
  const stories = await playwrightTally(
    await report({ stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 } }),
    0,
  )
  expect(closingLine([stepTally(0), units, stories])).toBe("8 passed, 0 failed, 1 skipped")
  expect(closingLine([stories])).toBe("3 passed, 0 failed")
})

test("a failing linter or compiler shows as a failure", () => {
  expect(closingLine([stepTally(2), stepTally(0)])).toBe("0 passed, 1 failed")
})

test("a runner that crashed is never green", async () => {
  expect(await vitestTally(join(folder, "none.json"), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(await playwrightTally(await report('{ "stats": '), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect((await vitestTally(await report(vitest), 1)).failed).toBe(1)
})

test("a file of tests that does not load, and a test that needed a second try, count as failed", async () => {
  const broken = { ...vitest, testResults: [{ status: "failed", assertionResults: [] }] }
  expect((await vitestTally(await report(broken), 1)).failed).toBe(1)
  const flaky = { stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 0 } }
  expect((await playwrightTally(await report(flaky), 0)).failed).toBe(1)
})
