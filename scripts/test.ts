import { mkdir, rm } from "node:fs/promises"
import { needChromium, wishForSmallChromium } from "./chromium.ts"
import { projectPath } from "./project-path.ts"
import { generateRouteTree } from "./route-tree.ts"
import { runStep } from "./step.ts"
import { playwrightTests, slowestTests, vitestTests, type RanTest } from "./test-report.ts"
import { closingLine, playwrightTally, stepTally, vitestTally, type Tally } from "./test-tally.ts"

// Everything CI runs, cheapest first. A failing step does not hide the next one, except that tests need a build.
const reports = projectPath("build/test")
await rm(reports, { recursive: true, force: true })
await mkdir(reports, { recursive: true })

/** More failures than this are not flakes: they are not run again. */
const MOST_SECOND_TRIES = 8
const SLOWEST_NAMED = 10
const ran: RanTest[] = []
const flaky: RanTest[] = []

const tallies = [await format(), await lint(), await types(), ...(await tests())]
console.log(`\nThe ${SLOWEST_NAMED} slowest tests:\n${slowestTests(ran, SLOWEST_NAMED).join("\n")}`)
for (const { file, name } of flaky) console.log(`FLAKY ${file}: ${name} (failed, then passed alone: a bug to mend)`)
const line = closingLine(tallies)
console.log(`\n${line}`)
process.exitCode = line.includes(", 0 failed") ? 0 : 1

async function format(): Promise<Tally> {
  return stepTally(await runStep("Format", ["oxfmt", "--check"]))
}

async function lint(): Promise<Tally> {
  // The linter and the compiler read the route tree, which a fresh clone does not have.
  await generateRouteTree()
  return stepTally(await runStep("Lint", ["oxlint", "--type-aware", "--quiet"]))
}

async function types(): Promise<Tally> {
  return stepTally(await runStep("Types", ["tsc", "-b", "--stopBuildOnErrors"]))
}

async function tests(): Promise<Tally[]> {
  const built = await runStep("Build", ["tsx", "scripts/build.ts", "--if-stale"])
  if (built !== 0) return [stepTally(built)]
  if (!hasChromium()) return [await unitTests(["--project", "node"]), stepTally(1)]
  return [await unitTests([]), await stories()]
}

function hasChromium(): boolean {
  try {
    needChromium()
    wishForSmallChromium()
    return true
  } catch (error) {
    console.error(`\n${(error as Error).message}`)
    return false
  }
}

async function unitTests(choice: string[]) {
  const run = (title: string, file: string, words: string[]) =>
    runStep(title, [
      "vitest",
      "run",
      ...choice,
      ...words,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ])
  const file = `${reports}/vitest.json`
  const tally = await vitestTally(file, await run("Vitest", file, []))
  const failed = failedOf(await vitestTests(file), tally)
  if (failed.length === 0) return tally
  const again = `${reports}/vitest-again.json`
  const only = failed.map(({ name }) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")
  const files = [...new Set(failed.map((test) => test.file))]
  const second = await vitestTally(again, await run("Failed tests once more", again, [...files, "-t", only]))
  return afterSecondTry(tally, failed, second)
}

async function stories() {
  const run = (title: string, file: string, words: string[]) =>
    runStep(title, ["playwright", "test", "--reporter=list,json", ...words], {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    })
  const file = `${reports}/playwright.json`
  const tally = await playwrightTally(file, await run("Playwright", file, []))
  const failed = failedOf(await playwrightTests(file), tally)
  if (failed.length === 0) return tally
  const again = `${reports}/playwright-again.json`
  const second = await playwrightTally(again, await run("Failed stories once more", again, ["--last-failed"]))
  return afterSecondTry(tally, failed, second)
}

/** The failed tests that get a second try: none where something other than a test failed, or too many did. */
function failedOf(tests: RanTest[], tally: Tally): RanTest[] {
  ran.push(...tests)
  const failed = tests.filter((test) => test.failed)
  return failed.length === tally.failed && failed.length <= MOST_SECOND_TRIES ? failed : []
}

function afterSecondTry(first: Tally, failed: RanTest[], second: Tally): Tally {
  if (second.failed > 0 || second.passed < failed.length) return first
  flaky.push(...failed)
  return { ...first, passed: first.passed + failed.length, failed: 0 }
}
