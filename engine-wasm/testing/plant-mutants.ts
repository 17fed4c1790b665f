// Plants each mutant of mutants.ts in the engine, one after another, and reports which tests catch it. Run by hand:
// `npx tsx engine-wasm/testing/plant-mutants.ts [part of a name]`. Exit 1 when one survives.
import { spawn } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { compileVariant } from "./engine-variant.ts"
import { mutants, type Mutant } from "./mutants.ts"

/** Cheapest first: most mutants fall to the first of them. */
const suites = [
  "engine-wasm/testing/engine-fixtures",
  "engine-wasm/testing/peer-rules",
  "engine-wasm/testing/engine-agrees",
  "engine-wasm/host/run",
  "engine-wasm/testing",
  "engine-wasm/host/strategy",
]

const folder = await mkdtemp(join(tmpdir(), "candlewright-mutants-"))
const chosen = mutants.filter(({ name }) => name.includes(process.argv[2] ?? ""))
const survivors: string[] = []
for (const mutant of chosen) {
  const caughtBy = await catcherOf(mutant)
  if (!caughtBy) survivors.push(mutant.name)
  console.log(`${caughtBy ? "caught  " : "SURVIVES"} ${mutant.name}${caughtBy ? ` (${caughtBy})` : ""}`)
}
await rm(folder, { recursive: true })
console.log(`${chosen.length - survivors.length} of ${chosen.length} mutants are caught.`)
process.exitCode = survivors.length === 0 ? 0 : 1

/** The suite that fails on the mutant; undefined when all pass. */
async function catcherOf(mutant: Mutant): Promise<string | undefined> {
  const file = join(folder, "mutant.wasm")
  await writeFile(file, await compileVariant(planted(mutant)))
  for (const suite of suites) if (!(await passes(suite, file))) return suite
  return undefined
}

/** The sources with the mutant's one change (mutants.test.ts makes sure that there is one place for it). */
function planted({ find, instead }: Mutant) {
  return (_path: string, text: string) => text.replace(find, () => instead)
}

function passes(suite: string, engine: string): Promise<boolean> {
  const words = ["vitest", "run", "--project", "node", "--bail", "1", suite]
  const child = spawn("npx", words, { stdio: "ignore", env: { ...process.env, ENGINE_UNDER_TEST: engine } })
  return new Promise((resolve) => child.once("exit", (code) => resolve(code === 0)))
}
