import { existsSync, readFileSync } from "node:fs"

/** This program's version, from package.json: of the build, and of the source from any of its rooms. */
export function ownVersion(): string {
  const places = ["../package.json", "../../package.json"].map((place) => new URL(place, import.meta.url))
  const file = places.find((place) => existsSync(place))
  return file === undefined ? "unknown" : (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version
}
