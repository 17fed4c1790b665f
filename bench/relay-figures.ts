/** What the relay says of itself at /api/metrics: name with labels → value. */
export function figuresFrom(text: unknown): Map<string, number> {
  const lines = String(text)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]))
}

type Bucket = { upTo: number; count: number }

/** What a histogram of the relay counted between two readings. */
export function histogramBetween(before: Map<string, number>, after: Map<string, number>, name: string): Bucket[] {
  return [...after].flatMap(([key, count]) => {
    const upTo = new RegExp(`^candlewright_${name}_bucket\\{le="(.+)"\\}$`).exec(key)?.[1]
    return upTo === undefined
      ? []
      : [{ upTo: upTo === "+Inf" ? Infinity : Number(upTo), count: count - (before.get(key) ?? 0) }]
  })
}

/** The upper edge of the bucket that holds each quantile. Milliseconds. */
export function histogramFigures(name: string, buckets: Bucket[]) {
  const total = buckets.at(-1)?.count ?? 0
  const at = (share: number) => (buckets.find(({ count }) => count >= total * share)?.upTo ?? NaN) * 1_000
  return { [`${name}Count`]: total, [`${name}P50`]: at(0.5), [`${name}P99`]: at(0.99), [`${name}Max`]: at(1) }
}
