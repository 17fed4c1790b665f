import { fileURLToPath } from "node:url"
import { Generator, getConfig } from "@tanstack/router-generator"

/** How web/routes becomes web/route-tree.gen.ts. Paths are relative to Vite's root, which is web/. */
export const routeTree = {
  target: "react" as const,
  routesDirectory: "./routes",
  generatedRouteTree: "./route-tree.gen.ts",
  routeFileIgnorePattern: String.raw`\.test\.tsx?$`,
  autoCodeSplitting: true,
  quoteStyle: "double" as const,
  semicolons: false,
}

/** Writes web/route-tree.gen.ts without starting Vite, so that tsc and oxlint can read it in a fresh clone. */
export async function generateRouteTree(): Promise<void> {
  const root = fileURLToPath(new URL("../web", import.meta.url))
  await new Generator({ config: getConfig(routeTree, root), root }).run()
}
