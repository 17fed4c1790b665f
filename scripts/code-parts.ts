import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Plugin } from "vite"

/** The compiler first: without it no strategy in code runs. The editor's parts follow. */
const kinds = [
  /^assets\/(asc|asc-worker|core-sources)-[^.]*\.js(on)?$/,
  /^assets\/(monaco|editorWebWorkerMain|codicon|(editor|ts|json)\.worker)-[^/]*\.(js|css|ttf)$/,
]

/** Too heavy to hold up the installation of the rest with. */
export const heavyCode = ["assets/{monaco,editorWebWorkerMain,asc}-*", "assets/{editor,ts,json}.worker-*"]

/**
 * Writes code-parts.json: what a strategy in code needs beside the app itself. The page fetches these once the app is
 * installed (web/code-offline.ts), so that code runs without a network too.
 */
export function codeParts(): Plugin {
  return {
    name: "code-parts",
    apply: "build",
    async writeBundle({ dir }, files) {
      const parts = codePartsOf(Object.keys(files))
      if (parts.length > 0) await writeFile(join(dir!, "code-parts.json"), JSON.stringify(parts))
    },
  }
}

/** Of a build's files those that code needs, as paths of the app. */
export function codePartsOf(files: string[]): string[] {
  return kinds.flatMap((kind) => files.filter((file) => kind.test(file)).map((file) => `/${file}`))
}
