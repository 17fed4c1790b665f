import { readFile } from "node:fs/promises"

/** How many tests, or steps of the test command, went which way. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
}

/** The counts in the JSON report Vitest wrote to `file`. A test file that failed to load counts as one failure. */
export async function vitestTally(file: string, exitCode: number): Promise<Tally> {
  const report = await readReport<VitestReport>(file)
  if (!report) return stepTally(exitCode || 1)
  const broken = report.testResults.filter(
    (suite) => suite.status === "failed" && suite.assertionResults.every((one) => one.status !== "failed"),
  )
  const tally = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  return neverGreenWhenRed(tally, exitCode)
}

/**
 * The counts in the JSON report Playwright wrote to `file`. A test that passed only on a second try counts as failed.
 */
export async function playwrightTally(file: string, exitCode: number): Promise<Tally> {
  const report = await readReport<PlaywrightReport>(file)
  if (!report) return stepTally(exitCode || 1)
  const { expected, unexpected, flaky, skipped } = report.stats
  return neverGreenWhenRed({ passed: expected, failed: unexpected + flaky, skipped }, exitCode)
}

/** A step without tests of its own, such as the linter: nothing on success, one failure otherwise. */
export function stepTally(exitCode: number): Tally {
  return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }
}

/** The line that closes `npm test`. */
export function closingLine(tallies: Tally[]): string {
  const sum = (kind: keyof Tally) => tallies.reduce((total, tally) => total + tally[kind], 0)
  const skipped = sum("skipped")
  return `${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`
}

/** An error outside any test, such as an unhandled rejection, fails the run without failing a test. */
function neverGreenWhenRed(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

async function readReport<Report>(file: string): Promise<Report | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Report
  } catch {
    // A runner that crashed leaves no report, or half of one.
    return undefined
  }
}
