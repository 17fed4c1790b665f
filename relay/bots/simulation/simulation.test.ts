import { expect, test } from "vitest"
import { runStory } from "./run-story.ts"
import { storyOf } from "./story.ts"

const SEEDS = 20

test(`${SEEDS} stories of faults and crashes end with nothing doubled, lost, left open or long without a stop`, async () => {
  const failed: Record<string, string[]> = {}
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { problems } = await runStory(storyOf(String(seed)))
    if (problems.length > 0) failed[seed] = problems
  }
  expect(failed).toEqual({})
})
