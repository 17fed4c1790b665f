import { expect, test } from "vitest"
import type { SavedRun } from "../db/saved-run.ts"
import { isMadeUp, madeUpOfMarkets } from "./made-up.ts"
import { madeUpOfRun, ON_MADE_UP } from "./made-up-run.ts"

const real = { id: "btc", origin: "download" as const, venue: "binance" }
const synthetic = { id: "crash", origin: "synthetic" as const }
const practice = { id: "paper", origin: "download" as const, venue: "practice" }
const sample = { id: "sample" }

test("the sample is demo data, and so is a result on it alone; one made-up market makes a result made up", () => {
  expect([real, synthetic, practice, sample].map(isMadeUp)).toEqual([false, true, true, true])
  expect(madeUpOfMarkets([real])).toBeUndefined()
  expect(madeUpOfMarkets([sample])).toBe("DEMO DATA")
  for (const together of [[synthetic], [practice], [real, synthetic], [sample, synthetic]])
    expect(madeUpOfMarkets(together)).toBe("MADE UP")
  expect(madeUpOfMarkets([real, sample])).toBe("DEMO DATA")
})

test("a kept run says it too, whichever Candlewright kept it, and though its market is gone", () => {
  const run = (address: string, detail?: Partial<SavedRun["detail"]>) => madeUpOfRun({ address, detail } as SavedRun)
  expect(run("?strategy=rsi-dip")).toBe("DEMO DATA")
  expect(run("?market=gone", { isMadeUp: true, settings: "" })).toBe("MADE UP")
  expect(run("?market=gone", { settings: `${ON_MADE_UP}Starts with $100.` })).toBe("MADE UP")
  expect(run("?market=gone", { isMadeUp: false, settings: "" })).toBeUndefined()
  expect(run("?market=gone")).toBeUndefined()
})
