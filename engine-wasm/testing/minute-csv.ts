/** A year of minutes as CSV bytes (525,600 rows, about 31 MB), for measuring readers. */
export function minuteCsv(rows = 525_600): Uint8Array {
  const parts = ["open_time_ms,open,high,low,close,volume\n"]
  for (let index = 0; index < rows; index++) {
    // Prices and volumes that differ from row to row, with as many digits as a real exchange writes.
    const price = 28_000 + ((index * 7919) % 100_003) / 100
    const cells = [price, price + 3.21, price - 2.17, price + 0.55].map((value) => value.toFixed(2))
    parts.push(`${1_640_995_200_000 + index * 60_000},${cells.join(",")},${((index * 104_729) % 1_000_003) / 1e5}\n`)
  }
  return new TextEncoder().encode(parts.join(""))
}
