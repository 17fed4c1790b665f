import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { projectPath } from "./project-path.ts"
import { playwrightTests, slowestTests, vitestTests } from "./test-report.ts"

let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "candlewright-report-"))))
afterAll(() => rm(folder, { recursive: true }))

async function report(contents: unknown) {
  const file = join(folder, "report.json")
  await writeFile(file, JSON.stringify(contents))
  return file
}

test("both runners' tests are named with their file, time and outcome", async () => {
  const assertionResults = [{ fullName: "a law holds", duration: 1200, status: "failed" }]
  const units = await vitestTests(
    await report({ testResults: [{ name: projectPath("docs/style.test.ts"), assertionResults }] }),
  )
  expect(units).toEqual([{ file: "docs/style.test.ts", name: "a law holds", milliseconds: 1200, failed: true }])
  const tests = [{ results: [{ duration: 300 }, { duration: 200 }] }]
  const suites = [{ specs: [], suites: [{ specs: [{ file: "home.test.ts", title: "home opens", ok: true, tests }] }] }]
  const stories = await playwrightTests(await report({ suites }))
  expect(stories).toEqual([{ file: "e2e/home.test.ts", name: "home opens", milliseconds: 500, failed: false }])
  expect(slowestTests([...stories, ...units], 1)).toEqual(["1.2 s  docs/style.test.ts: a law holds"])
})

test("without a report there are no tests", async () => {
  expect(await vitestTests(join(folder, "none.json"))).toEqual([])
  expect(await playwrightTests(join(folder, "none.json"))).toEqual([])
})
