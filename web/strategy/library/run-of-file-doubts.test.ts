import { expect, test } from "vitest"
import { sha256Hex } from "#engine/candles"
import { type BacktestResult, resultHashOf } from "#engine/result"
import { canonicalStrategy, chosenParams, strategyFromJson, strategyTemplates } from "#engine/strategy"
import { doubtsAboutRun } from "./run-of-file-doubts.ts"

const engine = "e".repeat(64)
const document = strategyTemplates.find(({ id }) => id === "rsi-dip")!.document

async function file(changed: Record<string, unknown> = {}) {
  const checked = strategyFromJson(document)
  if (!checked.ok) throw new Error("a template is a strategy")
  const chosen = chosenParams(checked.strategy)
  if (!chosen.ok) throw new Error("a template has its values")
  const trades = [{ pnl: 3.1 }]
  const equity = [100, 103.1]
  const result = { trades, equity: { equity: Float64Array.from(equity) } }
  return {
    engine,
    strategy: await sha256Hex(new TextEncoder().encode(canonicalStrategy(checked.strategy, chosen.values))),
    resultHash: await resultHashOf(result as unknown as Pick<BacktestResult, "trades" | "equity">),
    trades,
    curve: { equity },
    setup: { document, params: chosen.values },
    ...changed,
  }
}

test("a run's file as it was written leaves no doubt", async () => {
  expect(await doubtsAboutRun(await file(), engine)).toEqual({ contradictions: [], others: [] })
})

test("numbers that were changed, a strategy that was put in, and another engine are each named", async () => {
  const changed = /numbers in the file do not fit their own fingerprint/
  const other = /not the one its numbers were made with/
  const cases: [Record<string, unknown>, RegExp[]][] = [
    [{ trades: [{ pnl: 300 }] }, [changed]],
    [{ curve: { equity: [100, 999] } }, [changed]],
    [{ curve: "none" }, [changed]],
    [{ resultHash: "0".repeat(64) }, [changed]],
    [{ strategy: "0".repeat(64) }, [other]],
    [{ setup: { document: { ...document, timeframe: "4h" }, params: {} } }, [other]],
    [{ engine: "0".repeat(64) }, [/made by another engine/]],
    [{ engine: 7, strategy: [], resultHash: {} }, [other, changed, /another engine/]],
  ]
  for (const [change, because] of cases)
    expect(Object.values(await doubtsAboutRun(await file(change), engine)).flat()).toEqual(
      because.map((words) => expect.stringMatching(words) as string),
    )
})
