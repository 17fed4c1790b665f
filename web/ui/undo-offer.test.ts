import { expect, test } from "vitest"
import { offerUndo, takeBackNewest } from "./undo-offer.ts"

test("the newest open offer is taken back first, and each ends one way, once", () => {
  const told: string[] = []
  const offers = ["a", "b", "c"].map((name) =>
    offerUndo(
      () => told.push(`${name} back`),
      () => told.push(`${name} gone`),
    ),
  )
  offers[1].expire()
  expect([takeBackNewest(), takeBackNewest(), takeBackNewest()]).toEqual([true, true, false])
  for (const { expire, takeBack } of offers) {
    takeBack()
    expire()
  }
  expect(told).toEqual(["b gone", "c back", "a back"])
  expect(offers.some(({ isOpen }) => isOpen())).toBe(false)
})
