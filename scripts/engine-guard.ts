import { beforeAll, expect, inject } from "vitest"

/** Tests that no engine runs in. */
const withoutEngine = /\/(docs|scripts)\/[\w.-]+$/

// However a test comes by the engine (as bytes, through the command, in a worker), it refuses one of other sources.
beforeAll(() => {
  const fault = inject("engineFault")
  if (fault !== "" && !withoutEngine.test(expect.getState().testPath ?? "")) throw new Error(fault)
})
