import { fileURLToPath } from "node:url"

/** The absolute path of a file named from the project's root, whatever directory the command was started in. */
export function projectPath(relative: string): string {
  return fileURLToPath(new URL(`../${relative}`, import.meta.url))
}
