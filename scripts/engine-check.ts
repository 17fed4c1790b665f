import type { TestProject } from "vitest/node"
import { engineFault } from "./engine-build.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** Why the built engine proves nothing; empty when it is of the sources as they are now. */
    engineFault: string
  }
}

/** Vitest calls it once, before any test and in Node; engine-guard.ts hears of it beside each test, in the browser too. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("engineFault", (await engineFault()) ?? "")
}
