import { MarketSetting } from "../../../assembly/account/setting.ts"
import type { CodeExports } from "../code/code-instance.ts"
import { codeState, restoreCodeState } from "../code/code-snapshot.ts"
import { joinBytes } from "../../candles/candle-bytes.ts"
import { areSameGrids, type PriceGrid } from "../../strategy/compile/grid.ts"
import { identityOf, layOutOn, type EngineRun } from "./engine-run.ts"
import type { Engine, EngineExports } from "./engine.ts"
import { sha256Hex } from "../../candles/sha256.ts"

/**
 * Everything a run must remember to resume elsewhere, bit for bit; valid only under the same engine and the same
 * program.
 */
export type Snapshot = {
  /** sha256 of the engine's binary. */
  engine: string
  /** sha256 of settings, rules and programs. */
  program: string
  state: Uint8Array
  /** Base candles done, per market. */
  done: number[]
  /**
   * What each market's prices are counted in. A run goes on in it, whatever digits its next prices have: what is no
   * whole number of ticks is counted in fractions of them, right but for rounding, and exact again for a run that
   * begins anew.
   */
  grids: PriceGrid[]
}

/** sha256 of what the run is, whichever candles it has and whatever digits these have: a bot goes on over newer ones. */
export function programHash(run: EngineRun): Promise<string> {
  const [settings, rules, ...programs] = identityOf(run)
  return sha256Hex(joinBytes([settings, run.plan.live ? withoutRules(rules) : withoutEnd(rules), ...programs]))
}

/** The markets' rules except for where their candles end. */
function withoutEnd(rules: Uint8Array): Uint8Array {
  const rows = new Float64Array(rules.slice().buffer)
  for (let market = 0; market < rows.length; market += MarketSetting.length)
    rows[market + MarketSetting.lastCandleMs] = rows[market + MarketSetting.endMs] = 0
  return new Uint8Array(rows.buffer)
}

/** Nor for a live run its exchange's rules, which change while it goes on. */
function withoutRules(rules: Uint8Array): Uint8Array {
  const rows = new Float64Array(withoutEnd(rules).slice().buffer)
  for (let market = 0; market < rows.length; market += MarketSetting.length)
    for (const rule of [MarketSetting.minNotional, MarketSetting.quantityStep, MarketSetting.priceTick])
      rows[market + rule] = 0
  return new Uint8Array(rows.buffer)
}

/** The run's state as it stands between two candles. `program` is the run's `programHash`. */
export function takeSnapshot({ session, grids }: EngineRun, program: string): Snapshot {
  const { engine, instance, markets } = session
  const state =
    engine.code === undefined
      ? new Uint8Array(instance.memory.buffer, instance.stateAddress(), instance.stateBytes()).slice()
      : codeState(instance as CodeExports)
  return { engine: engine.sha256, program, state, done: markets.map((_, n) => instance.cursor(n)), grids }
}

/**
 * Restores a snapshot into a run laid out from the same strategy. Refuses another engine's or program's, with the
 * reason.
 */
export function restoreSnapshot(
  run: EngineRun,
  snapshot: Snapshot,
  program: string,
): { ok: true } | { ok: false; because: string } {
  if (snapshot.engine !== run.session.engine.sha256)
    return { ok: false, because: "this snapshot was taken by another version of the engine" }
  if (snapshot.program !== program)
    return { ok: false, because: "this snapshot belongs to another strategy or other settings" }
  countAs(run, snapshot.grids)
  const { engine, instance } = run.session
  if (!restoreState(engine, instance, snapshot.state)) return { ok: false, because: "this snapshot has been damaged" }
  snapshot.done.forEach((done, market) => instance.seek(market, done))
  return { ok: true }
}

/** A strategy in code has its grids in its state. */
function countAs(run: EngineRun, grids: PriceGrid[]): void {
  if (areSameGrids(run.grids, grids)) return
  if (run.plan.strategy.code) run.grids = grids
  else layOutOn(run, grids)
}

function restoreState({ code }: Engine, instance: EngineExports, state: Uint8Array): boolean {
  if (code !== undefined) return restoreCodeState(instance as CodeExports, state)
  if (state.length !== instance.stateBytes()) return false
  new Uint8Array(instance.memory.buffer, instance.stateAddress(), state.length).set(state)
  return true
}
