import { copyFile, mkdir, readdir, stat } from "node:fs/promises"
import { dirname, join, posix, relative } from "node:path"
import { build } from "esbuild"
import { forNode } from "../relay/source-script.ts"
import { projectPath } from "./project-path.ts"

/** Read by a name that is made while running, so that no import shows them: SQLite for this system, and tfjs's WebAssembly. */
const readByName = [/^@libsql\/[\w-]+-gnu\/index\.node$/, /^@tensorflow\/tfjs-backend-wasm\/dist\/[\w-]+\.wasm$/]
const packagesWithThose = ["@libsql", "@tensorflow/tfjs-backend-wasm/dist"]

/**
 * Copies what the built programs of a folder read of node_modules, and nothing else of it: a seventh of the packages
 * that the app and the relay are made of.
 */
export async function copyUsedPackages(programs: string, to: string): Promise<void> {
  const code = await filesReached(programs)
  const named = (await Promise.all(packagesWithThose.map(filesUnder))).flat()
  const used = [...code, ...named.filter((file) => readByName.some((name) => name.test(file)))]
  const manifests = new Set(used.flatMap((file) => foldersAbove(file).map((folder) => `${folder}/package.json`)))
  for (const file of [...used, ...manifests]) await copyIfThere(file, to)
}

/** The code that is reached by imports, as paths below node_modules. Nothing is written. */
async function filesReached(programs: string): Promise<string[]> {
  const names = (await readdir(programs)).filter((name) => name.endsWith(".mjs") && !name.startsWith("part-"))
  const { metafile } = await build({
    ...forNode,
    packages: "bundle",
    // Node takes no file for its being a "module" for bundlers.
    conditions: [],
    mainFields: ["main"],
    entryPoints: names.map((name) => join(programs, name)),
    outdir: programs,
    splitting: true,
    logLevel: "silent",
    metafile: true,
    write: false,
    absWorkingDir: projectPath(""),
  })
  const inPackages = Object.keys(metafile.inputs).map((path) => /^(?:.*:)?node_modules\/(.*)$/.exec(path)?.[1])
  return inPackages.filter((path) => path !== undefined)
}

async function filesUnder(folder: string): Promise<string[]> {
  const root = projectPath("node_modules")
  const found = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
}

/** The folders of a path from its own up; each may say how Node reads what is in it. */
function foldersAbove(file: string): string[] {
  const above = posix.dirname(file)
  return above === "." ? [] : [above, ...foldersAbove(above)]
}

async function copyIfThere(file: string, to: string): Promise<void> {
  const from = projectPath(`node_modules/${file}`)
  if (!(await stat(from).catch(() => undefined))) return
  await mkdir(dirname(join(to, file)), { recursive: true })
  await copyFile(from, join(to, file))
}
