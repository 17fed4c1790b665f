import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { loadCodeEngine, loadEngine, type Engine } from "#engine/run"
import type { CoreSources, StrategyDocument } from "#engine/strategy"
import { HonestNo } from "./command.ts"
import { refusedBy } from "./strategy-input.ts"

/**
 * The engine: beside the built command, or where `npm run build:engine` leaves it, seen from build/ and from the
 * source.
 */
export async function installedEngine(): Promise<Engine> {
  const file = firstExisting("./engine.wasm", "../engine-wasm/build/engine.wasm", "../../engine-wasm/build/engine.wasm")
  if (file === undefined) throw new HonestNo("The engine is not built yet; run `npm run build` once.")
  return loadEngine(await readFile(file))
}

/** A script that the build puts beside the command; throws `HonestNo` before the first build. */
export function installedScript(name: string): URL {
  const file = firstExisting(`./${name}`, `../../build/${name}`)
  if (file === undefined) throw new HonestNo(`build/${name} is not built yet; run \`npm run build\` once.`)
  return file
}

/** The engine for a strategy: the installed one, or for a strategy in code its own module, compiled now. */
export async function engineFor({ code }: StrategyDocument, file: string): Promise<Engine> {
  if (!code) return installedEngine()
  const loaded = await loadCodeEngine(code.source, { core: await installedCore() })
  if (!loaded.ok) throw refusedBy(loaded.problems, file)
  return loaded.engine
}

/** The source of the engine's core, from beside the engine. */
export async function installedCore(): Promise<CoreSources> {
  const file = firstExisting(
    "./core-sources.json",
    "../engine-wasm/build/core-sources.json",
    "../../engine-wasm/build/core-sources.json",
  )
  if (file === undefined) throw new HonestNo("The engine is not built yet; run `npm run build` once.")
  return JSON.parse(await readFile(file, "utf8")) as CoreSources
}

function firstExisting(...places: string[]): URL | undefined {
  return places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url))
}
