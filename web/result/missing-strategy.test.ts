import { expect, test } from "vitest"
import { meantTemplate } from "./missing-strategy.tsx"

test("a template's id that was mistyped or cut is known again, an id of the library is none", () => {
  expect(["rsi-dpi", "rsi", "rsi_dip", "supertrnd"].map(meantTemplate)).toEqual([
    "rsi-dip",
    "rsi-dip",
    "rsi-dip",
    "supertrend",
  ])
  expect(meantTemplate("4f1c9a7e-77b0-4a43-8a61-0f6f6c9f8f11")).toBeUndefined()
})
