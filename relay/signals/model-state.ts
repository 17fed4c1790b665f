import type { ForecastModel } from "#engine/strategy"
import type { AuditedState } from "../audit/audited-state.ts"

/** A model as the log has it: its hash says all of it. */
export function modelState({ hash, name, made }: ForecastModel): AuditedState {
  return { subject: `signal model ${hash}`, state: { name, version: made.version } }
}
