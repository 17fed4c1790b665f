import * as z from "zod"

/** The first line of a backup: what it is of, and the files that follow, one after the other. */
export type BackupHeader = z.infer<typeof header>

/** Grows with every change that an older program could not read. */
export const FORMAT = "candlewright.backup/1"
/** No header is longer. */
export const MOST_HEADER_BYTES = 65_536
/** A file of a backup, by its place in the data directory: nothing else is ever written. */
const fileName = z.string().regex(/^(relay\.db|(practice|paper)\/(snapshot|journal-\d{1,15}|ended-\d{1,15}))$/)

const header = z.object({
  format: z.literal(FORMAT),
  madeMs: z.int().min(0),
  /** The Candlewright that made it. */
  version: z.string().max(100),
  /** The newest of its tables' migrations. */
  schema: z.string().max(100),
  /** The kill switch was on. */
  isKilled: z.boolean(),
  files: z
    .array(z.object({ name: fileName, bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1)
    .max(10),
})

/** The header in a line; undefined when it is none that this Candlewright can read. */
export function headerIn(line: string): BackupHeader | undefined {
  try {
    const read = header.parse(JSON.parse(line))
    const names = read.files.map(({ name }) => name)
    return names.includes("relay.db") && new Set(names).size === names.length ? read : undefined
  } catch {
    return undefined
  }
}
