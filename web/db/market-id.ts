/** An id a person can read in the address: "btc-usdt-1h", with a number behind it when that is taken. */
export function marketId(name: string, timeframe: string, taken: Set<string>): string {
  const plain = `${name} ${timeframe}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
  let id = plain
  for (let count = 2; taken.has(id) || id === "sample"; count++) id = `${plain}-${count}`
  return id
}
