import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, posix } from "node:path"
import { fileURLToPath } from "node:url"

/** One file of the project as the style test sees it; `path` is from the project's root, with forward slashes. */
export interface SourceFile {
  path: string
  text: string
  lines: number
  isTest: boolean
}

/**
 * One import in a file: its specifier, its target ("relay/app.ts", "#engine", "zod"), and whether it imports only
 * types.
 */
export interface Import {
  from: SourceFile
  target: string
  typeOnly: boolean
}

const root = fileURLToPath(new URL("..", import.meta.url))
const parts = ["engine-wasm", "web", "relay", "scripts", "e2e", "bench", "docs", "deploy"]
const generated = /node_modules|[/\\]build[/\\]|\.gen\.ts$/

/** All hand-written TypeScript of the project, AssemblyScript included. */
export function sourceFiles(): SourceFile[] {
  return projectFiles()
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => sourceFile(path, readFileSync(join(root, path), "utf8")))
}

/** Every hand-written file under the parts of the project and beside them, of whatever kind. */
export function projectFiles(): string[] {
  const nested = parts.filter((part) => existsSync(join(root, part))).flatMap((part) => filesUnder(part))
  const top = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile())
  return [...nested, ...top.map((entry) => entry.name)].filter((path) => !generated.test(path))
}

/** A file made of `text`, for trying a rule without writing to disk. */
export function sourceFile(path: string, text: string): SourceFile {
  return {
    path,
    text,
    lines: text.split("\n").length - 1,
    isTest: /\.test\.tsx?$|^e2e\/|\/(testing|simulation)\//.test(path),
  }
}

/** The imports and re-exports of a file, static and dynamic. */
export function importsOf(file: SourceFile): Import[] {
  // Programs inside a program, in a template string, are not its imports.
  const code = file.text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|`(?:\\.|[^`\\])*`/gm, "")
  const statics = [...code.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[\w*\s{},$]*?\sfrom\s+)?["']([^"']+)["']/gm)]
  const dynamics = [...code.matchAll(/\bimport\(\s*["']([^"']+)["']/g)]
  return [
    ...statics.map(([, type, target]) => ({
      from: file,
      target: resolved(file, target),
      typeOnly: type !== undefined,
    })),
    ...dynamics.map(([, target]) => ({ from: file, target: resolved(file, target), typeOnly: false })),
  ]
}

function resolved(file: SourceFile, target: string) {
  return target.startsWith(".") ? posix.join(dirname(file.path), target) : target
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      posix.join(folder, entry.parentPath.slice(join(root, folder).length).replaceAll("\\", "/"), entry.name),
    )
}
