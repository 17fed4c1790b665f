import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { projectPath } from "./project-path.ts"

/** Written last by a build that succeeded; its age says how old the build is. */
export const buildStamp = projectPath("build/built-at")

const sources = [
  "engine-wasm/assembly",
  "engine-wasm/host",
  "relay",
  "web",
  "public",
  "scripts",
  "asconfig.json",
  "vite.config.ts",
  "package-lock.json",
]

/** True when build/ was finished after the last change to anything it is made of. */
export async function buildIsFresh(): Promise<boolean> {
  const built = await changedAtMs(buildStamp)
  const newest = await Promise.all(sources.map((source) => newestChangeMs(projectPath(source))))
  return built > Math.max(...newest)
}

async function newestChangeMs(path: string): Promise<number> {
  if (path.endsWith("route-tree.gen.ts")) return 0
  const found = await stat(path).catch(() => undefined)
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  const inside = await readdir(path)
  // A folder's own time counts too: it changes when a file in it is deleted.
  return Math.max(folderTime(path, found.mtimeMs), ...(await Promise.all(inside.map((name) => newestChangeMs(join(path, name))))))
}

/** web/ itself is touched by writing the route tree, which is part of building. */
function folderTime(path: string, mtimeMs: number) {
  return path === projectPath("web") ? 0 : mtimeMs
}

async function changedAtMs(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0
}
