/** The metrics of a run. Undefined meanings (no loss, too few trades) are Infinity or null, never 0. */
export type Metrics = Record<string, number | string | null>
