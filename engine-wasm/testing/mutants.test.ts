import { expect, test } from "vitest"
import { coreSources } from "./core-sources.ts"
import { mutants } from "./mutants.ts"

test("each planted fault is one change in one place of today's engine", async () => {
  const core = Object.entries(await coreSources())
  const placesOf = (find: string) =>
    core.flatMap(([path, text]) => Array<string>(text.split(find).length - 1).fill(path))
  const astray = mutants.map(({ name, find }) => ({ name, places: placesOf(find) }))
  expect(astray.filter(({ places }) => places.length !== 1)).toEqual([])
  expect(mutants.length).toBeGreaterThanOrEqual(30)
})
