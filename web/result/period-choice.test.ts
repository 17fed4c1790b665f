import { expect, test } from "vitest"
import { monthsBefore } from "./period-choice.tsx"

test.each([
  ["2024-05-31", 3, "2024-02-29"],
  ["2023-05-31", 3, "2023-02-28"],
  ["2024-12-31", 6, "2024-06-30"],
  ["2024-01-15", 12, "2023-01-15"],
  ["2024-02-29", 12, "2023-02-28"],
  ["2024-01-15", 3, "2023-10-15"],
])("%s, %i months before, is %s", (day, months, before) => {
  expect(monthsBefore(day, months)).toBe(before)
})
