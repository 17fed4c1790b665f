// Plants each mutant of mutants.ts in the engine, one after another, and reports which tests catch it. Run by hand:
// `npx tsx engine-wasm/testing/plant-mutants.ts [part of a name]`. It begins with the engine as it is, which must pass. Exit 1
// unless all are caught.
import { spawn } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { compileVariant, type Edit } from "./engine-variant.ts"
import { mutants, type Mutant } from "./mutants.ts"

/** Cheapest first: most mutants fall to the first of them. */
const suites = [
  "engine-wasm/testing/engine-fixtures",
  "engine-wasm/testing/peer-rules",
  "engine-wasm/testing/engine-agrees",
  "engine-wasm/testing/skipped-candles",
  "engine-wasm/host/run",
  "engine-wasm/testing",
  "engine-wasm/host/strategy",
]

/** How a failed assertion begins, alone or inside a property of fast-check. */
const assertion = /AssertionError|Property failed after/

type Outcome = "passes" | "fails" | "unknown"

/** A run of a suite that takes longer says nothing about the engine. */
const LONGEST_RUN_MS = 20 * 60_000

const folder = await mkdtemp(join(tmpdir(), "candlewright-mutants-"))
const chosen = mutants.filter(({ name }) => name.includes(process.argv[2] ?? ""))
const names: Record<"caught" | "survives" | "unknown", string[]> = { caught: [], survives: [], unknown: [] }
try {
  const [outcome, suite] = await outcomeOf((_path, text) => text)
  if (outcome !== "passes") throw new Error(`The engine without a mutant does not pass ${suite} (${outcome}).`)
  for (const mutant of chosen) await judge(mutant)
} finally {
  await rm(folder, { recursive: true })
}
console.log(`${names.caught.length} of ${chosen.length} mutants are caught.`)
if (names.survives.length > 0) console.log(`They survive: ${names.survives.join("; ")}`)
if (names.unknown.length > 0) console.log(`Nobody knows, since the tests ended early: ${names.unknown.join("; ")}`)
process.exitCode = names.caught.length === chosen.length ? 0 : 1

async function judge(mutant: Mutant): Promise<void> {
  const [outcome, suite] = await outcomeOf((_path, text) => text.replace(mutant.find, () => mutant.instead))
  const verdict = outcome === "fails" ? "caught" : outcome === "passes" ? "survives" : "unknown"
  names[verdict].push(mutant.name)
  console.log(`${verdict.padEnd(8)} ${mutant.name}${outcome === "passes" ? "" : ` (${suite})`}`)
}

/** What the suites say of an engine, and which of them; a mutant has one place (mutants.test.ts makes sure of it). */
async function outcomeOf(edit: Edit): Promise<[Outcome, string]> {
  const file = join(folder, "mutant.wasm")
  await writeFile(file, await compileVariant(edit))
  let unknownIn = ""
  for (const suite of suites) {
    const outcome = await suiteOutcome(suite, file)
    if (outcome === "fails") return [outcome, suite]
    if (outcome === "unknown") unknownIn ||= suite
  }
  return [unknownIn === "" ? "passes" : "unknown", unknownIn]
}

/** Only a test whose assertion fails has caught a mutant: a time-out or a runner that dies says nothing. */
async function suiteOutcome(suite: string, engine: string): Promise<Outcome> {
  const report = join(folder, "report.json")
  await rm(report, { force: true })
  const words = [
    "vitest",
    "run",
    "--project",
    "node",
    "--bail",
    "1",
    "--reporter",
    "json",
    "--outputFile",
    report,
    suite,
  ]
  const env = { ...process.env, ENGINE_UNDER_TEST: engine }
  const child = spawn("npx", words, { stdio: "ignore", env, timeout: LONGEST_RUN_MS })
  const code = await new Promise((resolve) => child.once("exit", resolve).once("error", resolve))
  if (code === 0) return "passes"
  const said = await readFile(report, "utf8").catch(() => "{}")
  const { testResults = [] } = JSON.parse(said) as { testResults?: TestFile[] }
  const failures = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ failureMessages = [] }) => failureMessages),
  )
  return failures.some((message) => assertion.test(message)) ? "fails" : "unknown"
}

type TestFile = { assertionResults: { failureMessages?: string[] }[] }
