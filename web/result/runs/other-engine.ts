import type { SavedRun } from "../../db/saved-run.ts"

/** Whether a run was made by an engine that is not this app's; unsaid while either is not known. */
export function isOfOtherEngine({ detail, hashes }: SavedRun, engine: string | undefined): boolean {
  const made = detail ? detail.appEngine : hashes.engine
  return engine !== undefined && made !== undefined && made !== engine
}
