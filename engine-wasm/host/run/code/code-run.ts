import { newCodeInstance, textAt, type CodeExports } from "./code-instance.ts"
import { compileCode, type CompiledCode, type CoreSources } from "../../strategy/code/code-compile.ts"
import type { CodeDiagnostic } from "../../strategy/code/code-diagnostic.ts"
import type { AccountSettings } from "../backtest-request.ts"
import { openSession, type EngineSession } from "../engine/engine-session.ts"
import { priceScale, type PriceGrid } from "../../strategy/compile/grid.ts"
import { put, type Engine, type EngineExports } from "../engine/engine.ts"
import type { Program } from "../../strategy/compile/program.ts"
import { sha256Hex } from "../../candles/sha256.ts"
import type { ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { timeframesMs } from "../../candles/timeframe.ts"

export type LoadedCode =
  | { ok: true; engine: Engine; diagnostics: CodeDiagnostic[] }
  | { ok: false; problems: StrategyProblem[]; diagnostics: CodeDiagnostic[] }

/**
 * The engine for a strategy in code: its own module, compiled from its source and the core. Use it like any engine
 * for that strategy.
 */
export async function loadCodeEngine(
  source: string,
  options: Parameters<typeof compileCode>[1] & { core: CoreSources },
): Promise<LoadedCode> {
  return codeEngineFrom(source, await compileCode(source, options))
}

/** The same from a compiler's output, such as from a worker. */
export async function codeEngineFrom(source: string, compiled: CompiledCode): Promise<LoadedCode> {
  if (!compiled.ok)
    return { ...compiled, problems: compiled.diagnostics.filter(({ isError }) => isError).map(problemOf) }
  const [module, sha256] = await Promise.all([WebAssembly.compile(compiled.wasm), sha256Hex(compiled.wasm)])
  return { ok: true, engine: { module, sha256, code: source }, diagnostics: compiled.diagnostics }
}

function problemOf({ message, start, end, line }: CodeDiagnostic): StrategyProblem {
  // What is wrong with the code as a whole has no line.
  if (end === 0) return { path: "code.source", because: message }
  return { path: "code.source", because: message, character: start, line }
}

/** Why a strategy in code cannot run like this; empty: it can. */
export function codeProblems(
  { strategy, account }: { strategy: StrategyDocument; account: AccountSettings },
  { engine, markets }: EngineSession,
): StrategyProblem[] {
  if (engine.code === undefined)
    return [{ path: "code", because: "this strategy is written in code; compile it first" }]
  if (engine.code !== strategy.code?.source)
    return [{ path: "code", because: "the code has changed since it was compiled; compile it again" }]
  const { stopLoss, takeProfit } = strategy.protect
  const columns = new Set(markets.map(({ extras }) => extras.join()))
  return [
    ...(columns.size > 1
      ? [
          {
            path: "markets",
            because: "for a strategy in code the candle files of all markets need the same further columns",
          },
        ]
      : []),
    ...(account.fills === "conservative"
      ? []
      : [{ path: "account.fills", because: "a strategy in code runs with the conservative fills only" }]),
    ...(stopLoss.kind === "atr" || stopLoss.kind === "price"
      ? [
          {
            path: "protect.stopLoss",
            because:
              "in a strategy in code give such a stop with the order: `this.buy().stop(price)` or `.stopDistance(distance)`",
          },
        ]
      : []),
    ...takeProfit.flatMap((target, n) =>
      "formula" in target
        ? [
            {
              path: `protect.takeProfit[${n}].formula`,
              because: "in a strategy in code give such a target with the order: `this.buy().target(price)`",
            },
          ]
        : [],
    ),
  ]
}

/** What a module with code needs from a program: its clock, and no instructions. */
export function codeProgram({ timeframe, protect }: StrategyDocument): Program {
  return {
    clocks: [{ timeframeMs: timeframesMs[timeframe] }],
    strategyClock: 0,
    registerCount: 0,
    inputs: [],
    instructions: [],
    signals: {},
    prices: { targets: protect.takeProfit.map(() => undefined) },
    positionPrograms: { targets: [] },
    warmUp: { readyAfterCandles: 0, settledAfterCandles: 0 },
    awaited: [],
    named: [],
    conditions: [],
  }
}

const used = new WeakSet<EngineExports>()

/** A session without earlier code in it: each run begins with untouched memory, or the second would know the first. */
export function unusedSession(session: EngineSession): EngineSession {
  const fresh = used.has(session.instance)
    ? openSession(session.engine, session.markets, newCodeInstance(session.engine))
    : session
  used.add(fresh.instance)
  return fresh
}

/** Gives the module the params by name and the names of further columns; call before `start`. */
export function passNames({ instance, markets }: EngineSession, params: ParamValues): void {
  const code = instance as CodeExports
  const names = Object.keys(params)
  const values = Float64Array.from(names, (name) => Number(params[name]))
  code.setParams(names.length, put(code, zeroEnded(names)), put(code, new Uint8Array(values.buffer)))
  for (const { compile } of markets) code.setPrices(...pricesOf(compile))
  code.setColumns(markets[0].extras.length, put(code, zeroEnded(markets[0].extras)))
}

function pricesOf({ priceDecimals, leastDecimals, firstPrice }: PriceGrid): [number, number, number] {
  return [priceScale(priceDecimals), priceScale(leastDecimals), firstPrice]
}

/** Params as bytes, for the hash of a run's inputs. */
export function namesImage(params: ParamValues): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(params))
}

function zeroEnded(names: string[]): Uint8Array {
  const text = names.map((name) => `${name}\0`).join("")
  return new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer)
}

/** Entry tags by number, as far as the run has come. */
export function tagsOf(instance: EngineExports): string[] {
  const code = instance as CodeExports
  return Array.from({ length: code.tagCount() }, (_, n) => textAt(code, code.tagAddress(n), code.tagLength(n)))
}

/** What the strategy wrote into its journal so far. */
export function journalOf(instance: EngineExports): string[] {
  const code = instance as CodeExports
  return Array.from({ length: code.lineCount() }, (_, n) => textAt(code, code.lineAddress(n), code.lineLength(n)))
}
