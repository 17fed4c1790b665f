import { expect, test } from "vitest"
import { madeModel } from "../../../testing/made-model.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { checkStrategy } from "../document/strategy-check.ts"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"
import { otherEngineNotes } from "./other-engine.ts"
import { runNotes } from "./run-notes.ts"

const mine = madeModel({ readyFromMs: [10 * HOUR_MS] })
const running = "1".repeat(64)

test("a model that another engine trained is named with both engines; one of this engine is not", () => {
  const note =
    /^The model `made up` was trained by another version of the engine \(000000000000\); this one \(111111111111\)/
  expect(otherEngineNotes([mine], running)).toEqual([expect.stringMatching(note)])
  expect(otherEngineNotes([mine], mine.made.engine)).toEqual([])
})

test("a run that begins before a model speaks says from which day on it could trade", () => {
  const notes = (fromMs: number) => runNotes({ models: { mine } }, { engine: mine.made.engine, fromMs })
  expect(notes(9 * HOUR_MS)).toEqual([
    expect.stringMatching(/^The model `made up` speaks from 1970-01-01 on: .*those days count here/),
  ])
  expect(notes(10 * HOUR_MS)).toEqual([])
})

test("a check says it where it knows the engine, beside its other flags, and refuses nothing", () => {
  const read = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "With a model",
    timeframe: "1h",
    models: { mine },
    long: { enter: { all: ['forecast("mine") > 0'] } },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const kinds = (engine?: string) => {
    const checked = checkStrategy(read.strategy, { engine })
    return checked.ok ? checked.report.flags.map(({ kind }) => kind) : []
  }
  expect(kinds(running)).toContain("otherEngine")
  expect(kinds(mine.made.engine)).not.toContain("otherEngine")
  expect(kinds()).not.toContain("otherEngine")
})
