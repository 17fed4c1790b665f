import { appendFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, inject, onTestFinished, test } from "vitest"
import { engineFault } from "./engine-build.ts"
import { projectPath } from "./project-path.ts"

const built = ["engine-wasm/assembly", "engine-wasm/build", "build/engine.wasm"]

/** A copy of the engine's sources and of what is built from them. */
async function copied(): Promise<(name: string) => string> {
  const folder = await mkdtemp(join(tmpdir(), "candlewright-engine-"))
  onTestFinished(() => rm(folder, { recursive: true }))
  const pathOf = (name: string) => join(folder, name)
  for (const name of built) await cp(projectPath(name), pathOf(name), { recursive: true })
  return pathOf
}

test.skipIf(inject("engineFault") !== "")("an engine of these very sources has no fault", async () => {
  expect(await engineFault(await copied())).toBeUndefined()
})

test.each([
  ["a source was changed", "engine-wasm/assembly/index.ts", "\n"],
  ["a source that the build writes was changed", "engine-wasm/assembly/operators/dispatch.gen.ts", "\n"],
  ["a source was added", "engine-wasm/assembly/another.ts", ""],
  ["the binary was changed", "engine-wasm/build/engine.wasm", "\0"],
  ["the copy that the command uses was changed", "build/engine.wasm", "\0"],
  ["it is not known what it was made of", "engine-wasm/build/engine.made-of", " "],
])("an engine is refused where %s", async (_why, name, more) => {
  const pathOf = await copied()
  await (name.endsWith("made-of") ? writeFile(pathOf(name), more) : appendFile(pathOf(name), more))
  expect(await engineFault(pathOf)).toMatch(/is not built from these sources.*Run `npm run build`/)
})
