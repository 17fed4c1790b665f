import { describe, expect, test } from "vitest"
import { luckLight, ruinLight, type EntryRank, type RuinRisk } from "./chance-lights.ts"

describe("luck", () => {
  const rank = (betterThanPercent: number, more: Partial<EntryRank> = {}): EntryRank => ({
    method: "engine",
    tries: 199,
    betterThanPercent,
    tradeLengthPercent: 2,
    ...more,
  })

  test("one try in twenty may do as well, one in five is doubtful", () => {
    expect([99, 95, 94, 80, 79, 10].map((percent) => luckLight(rank(percent), 40).level)).toEqual([
      "good",
      "good",
      "doubtful",
      "doubtful",
      "bad",
      "bad",
    ])
  })

  test("the reason says how chance was asked", () => {
    expect(luckLight(rank(97), 40).because).toMatch(
      /^Entries at random moments, as many and with the same exits, did worse in 97\u202f% of 199 tries: /,
    )
    expect(luckLight(rank(97, { method: "moved", tries: 500 }), 40).because).toMatch(
      /^The same trades begun at random moments did worse in 97\u202f% of 500 tries: /,
    )
  })

  test("few trades, and one that holds all the time, have no answer", () => {
    expect(
      [luckLight(rank(99), 9), luckLight(undefined, 9), luckLight(rank(100, { tradeLengthPercent: 99 }), 12)].map(
        ({ level }) => level,
      ),
    ).toEqual(["doubtful", "doubtful", "doubtful"])
    expect(luckLight(undefined, 0)).toMatchObject({ level: "unknown" })
  })
})

describe("bad luck", () => {
  const risk = (worstFallPercent: number, ruinPercent = 0, more: Partial<RuinRisk> = {}): RuinRisk => ({
    by: "trades",
    runs: 1_000,
    tradeCount: 40,
    worstFallPercent,
    ruinPercent,
    ruinCash: 50,
    currency: "USD",
    ...more,
  })

  test("deep falls and some ruin are doubtful, deeper ones and one ruin in twenty bad", () => {
    expect(
      [risk(29.9), risk(30), risk(10, 1), risk(50), risk(10, 5), risk(29, 0.9)].map((one) => ruinLight(one).level),
    ).toEqual(["good", "doubtful", "doubtful", "bad", "bad", "good"])
  })

  test("the reason names the fall and how often the money was gone", () => {
    expect(ruinLight(risk(21.5)).because).toBe(
      "In the worst 5 % of 1,000 other orders of its trades it fell by 21.5\u202f% or more from a high; none fell to $50.00.",
    )
    expect(ruinLight(risk(60, 7, { by: "markets", runs: 500 })).because).toBe(
      "In the worst 5 % of 500 other pasts of its market it fell by 60.0\u202f% or more from a high; 7.0\u202f% fell to $50.00. Risk less on each trade.",
    )
  })

  test("few trades and none have no answer", () => {
    expect(ruinLight(risk(1, 0, { tradeCount: 9 })).level).toBe("doubtful")
    expect(ruinLight(risk(0, 0, { tradeCount: 0 }))).toMatchObject({ level: "unknown" })
  })
})
