import { MarketSetting } from "../../../assembly/account/setting.ts"
import type { CodeExports } from "../code/code-instance.ts"
import { codeState, restoreCodeState } from "../code/code-snapshot.ts"
import { joinBytes } from "../../candles/candle-bytes.ts"
import type { EngineRun } from "./engine-run.ts"
import type { Engine, EngineExports } from "./engine.ts"
import { sha256Hex } from "../../candles/sha256.ts"

/**
 * All that a run must remember to go on elsewhere, bit for bit; good only under the same engine and the same program.
 */
export type Snapshot = {
  /** sha256 of the engine's binary. */
  engine: string
  /** sha256 of settings, rules and programs. */
  program: string
  state: Uint8Array
  /** Base candles done, per market. */
  done: number[]
}

/** sha256 of what the run was laid out from, whichever candles it has: a bot goes on over newer ones. */
export function programHash({ image: [settings, rules, ...programs] }: EngineRun): Promise<string> {
  return sha256Hex(joinBytes([settings, withoutEnd(rules), ...programs]))
}

/** The markets' rules but for where their candles end. */
function withoutEnd(rules: Uint8Array): Uint8Array {
  const rows = new Float64Array(rules.slice().buffer)
  for (let market = 0; market < rows.length; market += MarketSetting.length)
    rows[market + MarketSetting.lastCandleMs] = rows[market + MarketSetting.endMs] = 0
  return new Uint8Array(rows.buffer)
}

/** The run's state as it stands between two candles. `program` is the run's `programHash`. */
export function takeSnapshot({ session: { engine, instance, markets } }: EngineRun, program: string): Snapshot {
  const state =
    engine.code === undefined
      ? new Uint8Array(instance.memory.buffer, instance.stateAddress(), instance.stateBytes()).slice()
      : codeState(instance as CodeExports)
  return { engine: engine.sha256, program, state, done: markets.map((_, n) => instance.cursor(n)) }
}

/**
 * Puts a snapshot into a run laid out from the same strategy. Refuses another engine's or program's, with the reason.
 */
export function restoreSnapshot(
  { session: { engine, instance } }: EngineRun,
  snapshot: Snapshot,
  program: string,
): { ok: true } | { ok: false; because: string } {
  if (snapshot.engine !== engine.sha256)
    return { ok: false, because: "this snapshot was taken by another version of the engine" }
  if (snapshot.program !== program)
    return { ok: false, because: "this snapshot belongs to another strategy or other settings" }
  if (!restoreState(engine, instance, snapshot.state)) return { ok: false, because: "this snapshot has been damaged" }
  snapshot.done.forEach((done, market) => instance.seek(market, done))
  return { ok: true }
}

function restoreState({ code }: Engine, instance: EngineExports, state: Uint8Array): boolean {
  if (code !== undefined) return restoreCodeState(instance as CodeExports, state)
  if (state.length !== instance.stateBytes()) return false
  new Uint8Array(instance.memory.buffer, instance.stateAddress(), state.length).set(state)
  return true
}
