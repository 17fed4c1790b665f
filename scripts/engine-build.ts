import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { codeIndicators } from "./code-indicators.ts"
import { operatorDispatch } from "./operator-dispatch.ts"
import { projectPath } from "./project-path.ts"

/** Records which sources engine.wasm was compiled from; tests refuse an engine of other sources. */
const madeOf = "engine-wasm/build/engine.made-of"

/** Compiles engine-wasm/assembly to engine-wasm/build/engine.wasm if it changed; throws when the compiler refuses. */
export async function buildEngine(): Promise<void> {
  await writeGenerated("code/indicators.gen.ts", await codeIndicators())
  await writeGenerated("operators/dispatch.gen.ts", await operatorDispatch())
  const sources = await writeCoreSources()
  const hash = createHash("sha256")
    .update(sources)
    .update(await readFile(projectPath("asconfig.json")))
    .update(await readFile(projectPath("node_modules/assemblyscript/package.json")))
    .digest("hex")
  if (await isBuilt(hash)) return
  await rm(projectPath(madeOf), { force: true })
  await compile()
  await writeFile(projectPath(madeOf), hash)
}

async function isBuilt(hash: string): Promise<boolean> {
  const [built, wasm] = await Promise.all([
    readFile(projectPath(madeOf), "utf8").catch(() => ""),
    stat(projectPath("engine-wasm/build/engine.wasm")).catch(() => undefined),
  ])
  return built === hash && wasm !== undefined
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
  const file = projectPath(`engine-wasm/assembly/${name}`)
  const written = await readFile(file, "utf8").catch(() => "")
  if (written !== wanted) await writeFile(file, wanted)
}

/**
 * The core's source, by its path under assembly/: strategies in code are compiled with it, in Node and in the
 * browser.
 */
async function writeCoreSources(): Promise<string> {
  const assembly = projectPath("engine-wasm/assembly")
  const names = (await readdir(assembly, { recursive: true }))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort()
  const texts = await Promise.all(names.map((name) => readFile(`${assembly}/${name}`, "utf8")))
  const sources = JSON.stringify(Object.fromEntries(names.map((name, n) => [name.replaceAll("\\", "/"), texts[n]])))
  await mkdir(projectPath("engine-wasm/build"), { recursive: true })
  await writeFile(projectPath("engine-wasm/build/core-sources.json"), sources)
  return sources
}
