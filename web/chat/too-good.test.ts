import { expect, test } from "vitest"
import { tooGoodBecause } from "./too-good.ts"

const usual = { sharpe: 1.1, profitFactor: 1.4, winRatePercent: 48, cagrPercent: 14, totalReturnPercent: 20 }
const light = (id: "trades" | "luck" | "unseen", level: "good" | "doubtful" | "bad") => ({ id, level })

test("a gain on few trades, in one part only, or no better than chance is not believed", () => {
  expect(tooGoodBecause(usual, [light("trades", "bad")])).toMatch(/handful of trades/)
  expect(tooGoodBecause(usual, [light("trades", "good"), light("unseen", "bad")])).toMatch(/fit the past/)
  expect(tooGoodBecause(usual, [light("luck", "bad")])).toMatch(/random moments/)
  expect(tooGoodBecause(usual, [light("trades", "doubtful")])).toMatch(/few trades/)
})

test("figures nobody keeps up are called that", () => {
  expect(tooGoodBecause({ ...usual, sharpe: 4, winRatePercent: 96 }, [])).toBe(
    "A Sharpe ratio above 3 and nearly every trade a winner: real strategies rarely keep that up. Look for what the test leaves out before you believe it.",
  )
})

test("a usual gain says nothing, and a loss needs no such warning", () => {
  expect(tooGoodBecause(usual, [light("trades", "good"), light("unseen", "doubtful")])).toBeUndefined()
  expect(tooGoodBecause({ ...usual, totalReturnPercent: -4 }, [light("trades", "bad")])).toBeUndefined()
})
