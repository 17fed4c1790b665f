import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { codeIndicators } from "./code-indicators.ts"
import { operatorDispatch } from "./operator-dispatch.ts"
import { projectPath } from "./project-path.ts"

const binary = "engine-wasm/build/engine.wasm"
/** The copy that the built command and app use. */
const shipped = "build/engine.wasm"
/** Hashes of what the engine was compiled from and of the binary: tests refuse any other. */
const madeOf = "engine-wasm/build/engine.made-of"

/** Sources that the build writes, by their names under assembly/. */
const generated: [name: string, textOf: () => Promise<string>][] = [
  ["code/indicators.gen.ts", codeIndicators],
  ["operators/dispatch.gen.ts", operatorDispatch],
]

/** Compiles engine-wasm/assembly to engine-wasm/build/engine.wasm if it changed; throws when the compiler refuses. */
export async function buildEngine(): Promise<void> {
  for (const [name, textOf] of generated) await writeGenerated(name, await textOf())
  const sources = await coreSources()
  await mkdir(projectPath("engine-wasm/build"), { recursive: true })
  await writeFile(projectPath("engine-wasm/build/core-sources.json"), sources)
  const from = await hashOfSources(sources)
  if ((await textAt(madeOf)) === `${from} ${await hashOfFile(binary)}`) return
  await rm(projectPath(madeOf), { force: true })
  await compile()
  await writeFile(projectPath(madeOf), `${from} ${await hashOfFile(binary)}`)
}

/**
 * What of the built engine is not of the sources as they are now, as a sentence; undefined when all is. `pathOf` leads
 * to a file of the project by its name.
 */
export async function engineFault(pathOf = projectPath): Promise<string | undefined> {
  const [from, made] = ((await textAt(madeOf, pathOf)) ?? "").split(" ")
  for (const [name, textOf] of generated) {
    const file = `engine-wasm/assembly/${name}`
    if ((await textAt(file, pathOf)) !== (await textOf())) return faultOf(file)
  }
  if (from !== (await hashOfSources(await coreSources(pathOf)))) return faultOf("The engine")
  for (const file of [binary, shipped]) if (made !== (await hashOfFile(file, pathOf))) return faultOf(file)
  return undefined
}

function faultOf(what: string): string {
  return `${what} is not built from these sources: a test of another engine proves nothing. Run \`npm run build\`, then test again.`
}

async function hashOfSources(sources: string): Promise<string> {
  return createHash("sha256")
    .update(sources)
    .update(await readFile(projectPath("asconfig.json")))
    .update(await readFile(projectPath("node_modules/assemblyscript/package.json")))
    .digest("hex")
}

async function hashOfFile(name: string, pathOf = projectPath): Promise<string | undefined> {
  const bytes = await readFile(pathOf(name)).catch(() => undefined)
  return bytes && createHash("sha256").update(bytes).digest("hex")
}

function textAt(name: string, pathOf = projectPath): Promise<string | undefined> {
  return readFile(pathOf(name), "utf8").catch(() => undefined)
}

async function compile(): Promise<void> {
  const asc = projectPath("node_modules/assemblyscript/bin/asc.js")
  const compiler = spawn(process.execPath, [asc, "--config", "asconfig.json", "--target", "release"], {
    cwd: projectPath("."),
    stdio: "inherit",
  })
  const code = await new Promise((resolve, reject) => compiler.once("exit", resolve).once("error", reject))
  if (code !== 0) throw new Error("The engine does not compile; the compiler's messages are above.")
}

/** A source that the build writes; unchanged files stay untouched. */
async function writeGenerated(name: string, wanted: string): Promise<void> {
  const file = `engine-wasm/assembly/${name}`
  if ((await textAt(file)) !== wanted) await writeFile(projectPath(file), wanted)
}

/**
 * The core's source, by its path under assembly/, as JSON: strategies in code are compiled with it, in Node and in the
 * browser.
 */
async function coreSources(pathOf = projectPath): Promise<string> {
  const assembly = pathOf("engine-wasm/assembly")
  const names = (await readdir(assembly, { recursive: true }))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort()
  const texts = await Promise.all(names.map((name) => readFile(`${assembly}/${name}`, "utf8")))
  return JSON.stringify(Object.fromEntries(names.map((name, n) => [name.replaceAll("\\", "/"), texts[n]])))
}
