const quotes = "USDT|USDC|FDUSD|BUSD|USD|EUR|GBP|TRY|BTC|ETH"
const glued = new RegExp(`^([A-Z0-9]{2,20}?)(${quotes})$`)

/** A market as models write it ("BTCUSDT", "btc-usdt", "BTC"), as ours: "BTC/USDT". What is none stays as it is. */
export function marketFrom(written: string): string {
  const name = written.trim().toUpperCase().replace(/[-_]/, "/")
  if (name.includes("/") || !/^[A-Z0-9]{2,40}$/.test(name)) return name
  const [, base, quote] = glued.exec(name) ?? []
  return base === undefined ? `${name}/USDT` : `${base}/${quote}`
}
