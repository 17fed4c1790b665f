import { readFile } from "node:fs/promises"
import { relative } from "node:path"
import { projectPath } from "./project-path.ts"

/** One test of a run: its file from the project's root, its whole name, how long it took. */
export type RanTest = { file: string; name: string; milliseconds: number; failed: boolean }

/** The tests in Vitest's JSON report; none where there is no report. */
export async function vitestTests(file: string): Promise<RanTest[]> {
  const report = await readReport<VitestReport>(file)
  return (report?.testResults ?? []).flatMap((suite) =>
    suite.assertionResults.map(({ fullName, duration, status }) => ({
      file: relative(projectPath("."), suite.name),
      name: fullName,
      milliseconds: duration ?? 0,
      failed: status === "failed",
    })),
  )
}

/** The tests in Playwright's JSON report; none where there is no report. */
export async function playwrightTests(file: string): Promise<RanTest[]> {
  const report = await readReport<{ suites: PlaywrightSuite[] }>(file)
  return (report?.suites ?? []).flatMap(testsOfSuite)
}

function testsOfSuite({ specs, suites }: PlaywrightSuite): RanTest[] {
  const own = specs.map(({ file, title, ok, tests }) => ({
    file: `e2e/${file}`,
    name: title,
    milliseconds: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
    failed: !ok,
  }))
  return [...own, ...(suites ?? []).flatMap(testsOfSuite)]
}

/** Lines that name the slowest tests, slowest first. */
export function slowestTests(tests: RanTest[], count: number): string[] {
  const slowest = tests.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, count)
  return slowest.map(({ file, name, milliseconds }) => `${(milliseconds / 1000).toFixed(1)} s  ${file}: ${name}`)
}

interface VitestReport {
  testResults: { name: string; assertionResults: { fullName: string; duration?: number; status: string }[] }[]
}

interface PlaywrightSuite {
  specs: { file: string; title: string; ok: boolean; tests: { results: { duration: number }[] }[] }[]
  suites?: PlaywrightSuite[]
}

async function readReport<Report>(file: string): Promise<Report | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Report
  } catch {
    // A runner that crashed leaves no report, or half of one.
    return undefined
  }
}
