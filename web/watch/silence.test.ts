import { expect, test } from "vitest"
import { silenceOf } from "./silence.ts"

const open = { state: "open" } as const

test.each([
  ["a price of a moment ago", { line: open, heardAtMs: 99_000 }, "live", false],
  ["one of twenty seconds ago", { line: open, heardAtMs: 80_000 }, "silent for 20 s", true],
  ["one of five minutes ago", { line: open, heardAtMs: -200_000 }, "silent for 5 min", true],
  ["nothing yet", { line: open, heardAtMs: undefined }, "connecting", false],
  [
    "a line that waits",
    { line: { state: "waiting", retryAtMs: 103_000, failures: 2 } as const, heardAtMs: 99_000 },
    "no connection · next try in 3 s",
    true,
  ],
  [
    "a line that comes back",
    { line: { state: "connecting" } as const, heardAtMs: 80_000 },
    "silent for 20 s · connecting",
    true,
  ],
])("%s shows in words", (_, heard, words, isStale) => {
  expect(silenceOf({ ...heard, nowMs: 100_000 })).toEqual({ words, isStale })
})
