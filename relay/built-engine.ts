import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { type Engine, loadCodeEngine, loadEngine } from "#engine/run"
import type { CoreSources, StrategyDocument, StrategyProblem } from "#engine/strategy"

/** Code that does not compile: the first reason as a sentence, and all with their places. */
export class CodeRefused extends Error {
  override name = "CodeRefused"

  constructor(readonly problems: StrategyProblem[]) {
    super(`The code does not compile: ${problems[0].because}`)
  }
}

/** A file of the engine: beside the built command, or where `npm run build:engine` leaves it. Undefined before the first build. */
export function engineFile(name: "engine.wasm" | "core-sources.json"): URL | undefined {
  const places = [`./${name}`, `../engine-wasm/build/${name}`, `../../engine-wasm/build/${name}`]
  return places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url))
}

/** The engine that strategies of rules run in; undefined before the first build. */
export async function builtEngine(): Promise<Engine | undefined> {
  const file = engineFile("engine.wasm")
  return file && loadEngine(await readFile(file))
}

/** The engine for a strategy: the built one, or for a strategy in code its own module, compiled now. Throws a sentence, `CodeRefused` for the code's own. */
export async function engineFor({ code }: StrategyDocument, built: Engine): Promise<Engine> {
  if (!code) return built
  const file = engineFile("core-sources.json")
  if (file === undefined) throw new Error("The engine is not built yet; run `npm run build` once.")
  const core = JSON.parse(await readFile(file, "utf8")) as CoreSources
  const loaded = await loadCodeEngine(code.source, { core })
  if (!loaded.ok) throw new CodeRefused(loaded.problems)
  return loaded.engine
}
