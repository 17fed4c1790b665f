import type { CameTrue } from "./market-reading.ts"

/** How many of a hundred came true, whole. */
export function sharePercent({ count, cameTrue }: CameTrue): number {
  return count === 0 ? 0 : Math.round((100 * cameTrue) / count)
}
