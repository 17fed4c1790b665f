import { megabytes } from "./file-limits.ts"

/**
 * A file that may not or cannot be read; the message is a whole sentence. The readers throw it inside and return it
 * as a refusal.
 */
export class Unreadable extends Error {}

/** The sentence for a column that unpacks to more than there is room for. */
export function longColumn(mostBytes: number): string {
  return `A column of the feather file unpacks to more than ${megabytes(mostBytes)}; split it into shorter periods.`
}
