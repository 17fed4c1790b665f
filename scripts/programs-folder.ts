import { rm } from "node:fs/promises"
import type { TestProject } from "vitest/node"
import { projectPath } from "./project-path.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** Where the first test that needs the relay's programs bundles them from the sources, for all of this run. */
    programsFolder: string
  }
}

/** Vitest calls it once, before any test, and what it returns after all. */
export function setup(project: TestProject): () => Promise<void> {
  const folder = projectPath(`build/programs-${process.pid}`)
  project.provide("programsFolder", folder)
  return () => rm(folder, { recursive: true, force: true })
}
