import type { KeptStrategy } from "../../db/kept-strategy.ts"
import { parseSearch } from "../../search-text.ts"

/** The address that opens a strategy where it was last tested. */
export function searchOf({ id, settings }: Pick<KeptStrategy, "id" | "settings">): Record<string, string> {
  return { ...parseSearch(settings ?? ""), strategy: id }
}
