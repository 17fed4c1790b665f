import { mkdir, rm } from "node:fs/promises"
import { needChromium } from "./chromium.ts"
import { projectPath } from "./project-path.ts"
import { generateRouteTree } from "./route-tree.ts"
import { runStep } from "./step.ts"
import { closingLine, playwrightTally, stepTally, vitestTally, type Tally } from "./test-tally.ts"

// Everything CI runs, cheapest first. A failing step does not hide the next one, except that tests need a build.
const reports = projectPath("build/test")
await rm(reports, { recursive: true, force: true })
await mkdir(reports, { recursive: true })

const tallies = [await format(), await lint(), await types(), ...(await tests())]
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
  const chromium = chromiumOrSentence()
  if (chromium === undefined) return [await unitTests(["--project", "node"]), stepTally(1)]
  return [await unitTests([], { CHROMIUM: chromium }), await stories(chromium)]
}

function chromiumOrSentence() {
  try {
    return needChromium()
  } catch (error) {
    console.error(`\n${(error as Error).message}`)
    return undefined
  }
}

async function unitTests(choice: string[], environment: Record<string, string> = {}) {
  const file = `${reports}/vitest.json`
  const command = ["vitest", "run", ...choice, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]
  return vitestTally(file, await runStep("Vitest", command, environment))
}

async function stories(chromium: string) {
  const file = `${reports}/playwright.json`
  const environment = { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  return playwrightTally(file, await runStep("Playwright", ["playwright", "test", "--reporter=list,json"], environment))
}
