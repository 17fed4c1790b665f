/** A moment as Coinbase writes it: "2026-01-01T00:00:00.123000Z". */
export function momentText(atMs: number): string {
  return new Date(atMs).toISOString().replace("Z", "000Z")
}

/** UTC milliseconds of a moment as clients write it, in RFC 3339; undefined when it is none. */
export function momentFrom(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? undefined : atMs
}
