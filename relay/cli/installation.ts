import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { loadEngine, type Engine } from "#engine"
import { HonestNo } from "./command.ts"

/** The engine: beside the built command, or where `npm run build:engine` leaves it, seen from build/ and from the source. */
export async function installedEngine(): Promise<Engine> {
  const file = firstExisting("./engine.wasm", "../engine-wasm/build/engine.wasm", "../../engine-wasm/build/engine.wasm")
  if (file === undefined) throw new HonestNo("The engine is not built yet; run `npm run build` once.")
  return loadEngine(await readFile(file))
}

/** A script that the build puts beside the command, seen from build/ and from the source; `HonestNo` before the first build. */
export function installedScript(name: string): URL {
  const file = firstExisting(`./${name}`, `../../build/${name}`)
  if (file === undefined) throw new HonestNo(`build/${name} is not built yet; run \`npm run build\` once.`)
  return file
}

/** This program's version, from package.json. */
export async function installedVersion(): Promise<string> {
  const file = firstExisting("../package.json", "../../package.json")
  return file === undefined ? "unknown" : (JSON.parse(await readFile(file, "utf8")) as { version: string }).version
}

function firstExisting(...places: string[]): URL | undefined {
  return places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url))
}
