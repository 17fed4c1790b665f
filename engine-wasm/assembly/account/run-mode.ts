// Which program's fills the run uses.
import { HAS_CODE } from "../has-code"
import { setting } from "./account"
import { FillModeCode, Setting } from "./setting"

let modeOfRun: i32 = FillModeCode.conservative

/** Reads the run's mode; strategies in code have the default fills, or an exchange's. */
export function startRunMode(): void {
  const wanted = <i32>setting(Setting.fills)
  modeOfRun = HAS_CODE && wanted != FillModeCode.live ? FillModeCode.conservative : wanted
}

// @ts-ignore: decorator
@inline
export function isMode(mode: i32): bool {
  return !HAS_CODE && modeOfRun == mode
}

/** Whether orders fill as another program's do: by strategy candles, without finer ones. */
export function isPeer(): bool {
  return !HAS_CODE && modeOfRun != FillModeCode.conservative && modeOfRun != FillModeCode.live
}

/** Whether an exchange fills: the run only decides. */
// @ts-ignore: decorator
@inline
export function isLive(): bool {
  return modeOfRun == FillModeCode.live
}
