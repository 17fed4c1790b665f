import { defaultAccount, type AccountSettings } from "../host/run/backtest-request.ts"
import type { Candles } from "../host/candles/candles.ts"
import { journalOf, loadCodeEngine } from "../host/run/code/code-run.ts"
import { prepareRun } from "../host/run/engine/engine-run.ts"
import { openSession } from "../host/run/engine/engine-session.ts"
import type { Engine } from "../host/run/engine/engine.ts"
import { simulationSteps } from "../host/run/engine/simulate.ts"
import { strategyFromJson } from "../host/strategy/document/strategy-document-from-json.ts"
import type { StrategyDocument, WrittenStrategy } from "../host/strategy/document/strategy-document.ts"
import type { Simulation } from "../host/run/engine/simulation-recorder.ts"
import { coreSources } from "./core-sources.ts"

/** A checked document; throws its problems. */
export function checkedDocument(document: WrittenStrategy): StrategyDocument {
  const read = strategyFromJson(JSON.stringify(document))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.strategy
}

/** A document with code only. */
export function codeDocument(source: string, document: Partial<WrittenStrategy> = {}): StrategyDocument {
  return checkedDocument({
    format: "candlewright.strategy/1",
    name: "code",
    timeframe: "1h",
    code: { language: "assemblyscript", source },
    ...document,
  })
}

/** The engine of a source, compiled quickly; throws its diagnostics. */
export async function codeEngine(source: string): Promise<Engine> {
  const loaded = await loadCodeEngine(source, { core: await coreSources(), optimize: "fast" })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, undefined, 1))
  return loaded.engine
}

export type CodeStory = { candles: Candles; document?: Partial<WrittenStrategy>; account?: Partial<AccountSettings> }

/** Runs a source over candles: its trades and its journal. Throws what stopped it. */
export async function runCode(
  source: string,
  { candles, document, account }: CodeStory,
): Promise<{ simulation: Simulation; journal: string[] }> {
  const session = openSession(await codeEngine(source), [{ market: "BTC/USDT", candles }])
  const prepared = prepareRun(session, {
    strategy: codeDocument(source, document),
    account: { ...defaultAccount, ...account },
  })
  if (!prepared.ok) throw new Error(prepared.problems[0].because)
  const steps = simulationSteps(prepared.run)
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return { simulation: step.value, journal: journalOf(prepared.run.session.instance) }
  }
}
