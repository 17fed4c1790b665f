import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"

/**
 * The addresses of all screens, read from web/routes, so that a new screen is tested and pictured without being
 * listed.
 */
export function screens(): string[] {
  const folder = fileURLToPath(new URL("../web/routes", import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  return files.filter(isScreen).map(addressOf).toSorted()
}

/** A screen that needs an id in its address cannot be opened without one; stories open those. */
function isScreen(file: string) {
  return file.endsWith(".tsx") && !/__root|\$|\.test\.|\.lazy\.|(^|[/\\])-/.test(file)
}

function addressOf(file: string) {
  const parts = file.replace(/\.tsx$/, "").split(/[/\\.]/)
  return `/${parts.filter((part) => part !== "index" && part !== "route" && !part.startsWith("_") && !part.startsWith("(")).join("/")}`
}
