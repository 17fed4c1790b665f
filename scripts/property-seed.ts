import fc from "fast-check"
import { inject } from "vitest"

declare module "vitest" {
  interface ProvidedContext {
    /** Where every property test begins to draw; vitest.config.ts chooses it. */
    propertySeed: number
  }
}

// A failing property prints its seed and path: give both to fc.assert to see the same case again.
fc.configureGlobal({ seed: inject("propertySeed") })
