import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { projectPath } from "./project-path.ts"

/** True when the file `made` is newer than every file it is made of; both are named from the project's root. */
export async function isFresh(made: string, sources: string[]): Promise<boolean> {
  const madeAtMs = (await stat(projectPath(made)).catch(() => undefined))?.mtimeMs ?? 0
  const newest = await Promise.all(sources.map((source) => newestChangeMs(projectPath(source))))
  return madeAtMs > Math.max(...newest)
}

async function newestChangeMs(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined)
  if (!found || path.endsWith("route-tree.gen.ts")) return 0
  if (!found.isDirectory()) return found.mtimeMs
  const inside = await Promise.all((await readdir(path)).map((name) => newestChangeMs(join(path, name))))
  return Math.max(folderChangeMs(path, found.mtimeMs), ...inside)
}

/** A folder changes when a file in it is added or deleted. Not web/ itself: building writes the route tree there. */
function folderChangeMs(path: string, mtimeMs: number) {
  return path === projectPath("web") ? 0 : mtimeMs
}
