import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

/**
 * Whether what Node says it cannot find is there after all: with too few open files allowed, it cannot open a package
 * and calls it missing.
 */
export function isThereAfterAll({ message }: Error): boolean {
  const [, wanted, importer] = /^Cannot find (?:package|module) '(.+?)'(?: imported from (.+))?$/m.exec(message) ?? []
  if (wanted === undefined) return false
  if (wanted.startsWith("/") || /^[A-Za-z]:\\/.test(wanted))
    return existsSync(wanted) || isWholePackage(dirname(wanted))
  return importer !== undefined && foldersAbove(importer).some((folder) => isWholePackage(packageIn(folder, wanted)))
}

/** A folder with a package whose first file is there. */
function isWholePackage(folder: string): boolean {
  try {
    const { exports, main = "index.js" } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
    return exports !== undefined || existsSync(join(folder, main))
  } catch (error) {
    // It is there, and we cannot open it either.
    return ["EMFILE", "ENFILE"].includes((error as NodeJS.ErrnoException).code ?? "")
  }
}

function packageIn(folder: string, name: string): string {
  const parts = name.split("/").slice(0, name.startsWith("@") ? 2 : 1)
  return join(folder, "node_modules", ...parts)
}

function foldersAbove(file: string): string[] {
  const folder = dirname(file)
  return folder === file ? [] : [folder, ...foldersAbove(folder)]
}
