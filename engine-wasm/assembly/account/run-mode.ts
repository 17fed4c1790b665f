// Which program's fills the run uses.
import { HAS_CODE } from "../has-code"
import { setting } from "./account"
import { FillModeCode, Setting } from "./setting"

let modeOfRun: i32 = FillModeCode.conservative

/** Reads the run's mode; strategies in code support the default fills only. */
export function startRunMode(): void {
  modeOfRun = HAS_CODE ? FillModeCode.conservative : <i32>setting(Setting.fills)
}

// @ts-ignore: decorator
@inline
export function isMode(mode: i32): bool {
  return !HAS_CODE && modeOfRun == mode
}

/** Whether orders fill as another program's do: by strategy candles, without finer ones. */
export function isPeer(): bool {
  return !HAS_CODE && modeOfRun != FillModeCode.conservative
}
