const MINUS = "\u2212"
const THIN_SPACE = "\u202f" // the narrow space that does not break the line
const UNKNOWN = "\u2014"

const fixed = new Map<number, Intl.NumberFormat>()

/**
 * A number with grouped thousands and exactly `decimals` digits; the minus is a true minus, NaN and null are a dash.
 */
export function formatNumber(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined || Number.isNaN(value)) return UNKNOWN
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`
  return withTrueMinus(decimalsFormat(decimals).format(value))
}

/** A share already in percent: 12.345 becomes "12.3 %". */
export function formatPercent(percent: number | null | undefined, decimals = 1): string {
  const text = formatNumber(percent, decimals)
  return text === UNKNOWN ? text : `${text}${THIN_SPACE}%`
}

/** As `formatPercent`, with a plus before a gain, so that it reads without colour. */
export function formatSignedPercent(percent: number | null | undefined, decimals = 1): string {
  return signed(percent, formatPercent(percent, decimals))
}

/** An amount of `currency`: dollars and dollar coins as "$1,234.50", any other code after the number. */
export function formatMoney(amount: number | null | undefined, currency = "USD"): string {
  const text = formatNumber(amount, moneyDecimals(amount))
  if (text === UNKNOWN) return text
  if (!isDollar(currency)) return `${text}${THIN_SPACE}${currency}`
  return text.startsWith(MINUS) ? `${MINUS}$${text.slice(1)}` : `$${text}`
}

/** As `formatMoney`, without cents when there are none: for sentences. */
export function formatRoundMoney(amount: number, currency = "USD"): string {
  return formatMoney(amount, currency).replace(/\.00(?!\d)/, "")
}

/** As `formatMoney`, with a plus before a gain. */
export function formatSignedMoney(amount: number | null | undefined, currency = "USD"): string {
  return signed(amount, formatMoney(amount, currency))
}

/** A price with as many decimals as its grid has; without a grid, six significant digits. */
export function formatPrice(price: number | null | undefined, priceDecimals?: number): string {
  if (priceDecimals !== undefined && priceDecimals < 13) return formatNumber(price, priceDecimals)
  return price === null || price === undefined ? UNKNOWN : withTrueMinus(significant.format(price))
}

/** A quantity of a coin: up to eight significant digits, no trailing zeros. */
export function formatQuantity(quantity: number): string {
  return withTrueMinus(coins.format(quantity))
}

/** Bytes in the unit people know: "1.4 MB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"]
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${formatNumber(bytes / 1000 ** step, step === 0 ? 0 : 1)} ${units[step]}`
}

const significant = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 })
const coins = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 8 })

function decimalsFormat(decimals: number): Intl.NumberFormat {
  let format = fixed.get(decimals)
  if (!format) {
    // "negative" keeps the sign off a value that rounds to zero: −0.00 would read as a loss.
    format = new Intl.NumberFormat("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: "negative",
    })
    fixed.set(decimals, format)
  }
  return format
}

function withTrueMinus(text: string): string {
  return text.replace("-", MINUS)
}

function signed(value: number | null | undefined, text: string): string {
  return value && value > 0 && /[1-9∞]/.test(text) ? `+${text}` : text
}

/** Cents matter on a hundred dollars, and are noise on a hundred thousand. */
function moneyDecimals(amount: number | null | undefined): number {
  return amount && Math.abs(amount) >= 100_000 ? 0 : 2
}

function isDollar(currency: string): boolean {
  return ["USD", "USDT", "USDC", "FDUSD", "BUSD"].includes(currency)
}
