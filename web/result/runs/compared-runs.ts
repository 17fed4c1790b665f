/** More curves in one picture are indistinguishable. */
export const MOST_COMPARED = 4

/** Ids of runs as the address holds them. */
export function runsText(ids: readonly string[]): string {
  return ids.join(",")
}

/** The ids in an address; more than can be compared are left out. */
export function runsFromText(text: unknown): string[] {
  const ids = typeof text === "string" ? text.split(",").filter((id) => /^[0-9a-f]{24}$/.test(id)) : []
  return [...new Set(ids)].slice(0, MOST_COMPARED)
}
