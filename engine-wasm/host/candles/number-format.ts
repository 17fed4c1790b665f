const MINUS = "\u2212"
const THIN_SPACE = "\u202f" // the narrow space that does not break the line
const UNKNOWN = "\u2014"
/** From here on a number's digits would fill the line and still not be exact. */
const HUGE = 1e15

const fixed = new Map<number, Intl.NumberFormat>()

/**
 * A number with grouped thousands and exactly `decimals` digits; the minus is a true minus, NaN and null are a dash,
 * and a number of more than fifteen digits is "4.1×10¹⁴³".
 */
export function formatNumber(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined || Number.isNaN(value)) return UNKNOWN
  if (Math.abs(value) >= HUGE) return hugeNumber(value)
  return withTrueMinus(decimalsFormat(decimals).format(value))
}

/** "1 trade", "1,200 trades": how many of a thing, whose plural ends in s. */
export function formatCount(count: number, one: string): string {
  return `${formatNumber(count)} ${pluralOf(count, one)}`
}

/** "3 of 12 trades lie", "1 of 1 trade lies": `one`, `many` are what the first number does. */
export function formatShareOf(count: number, all: number, noun: string, [one, many]: [string, string]): string {
  return `${formatNumber(count)} of ${formatCount(all, noun)} ${count === 1 ? one : many}`
}

function pluralOf(count: number, one: string): string {
  return count === 1 ? one : `${one}s`
}

/** A number with as many digits as it needs, ten significant ones at most: 0.1 + 0.2 is "0.3", 5e-7 is "0.0000005". */
export function formatShort(value: number | null | undefined): string {
  return significantText(value, shortest)
}

/**
 * A number as `formatShort` writes it, with as many digits more as it takes to say exactly this number: for sentences
 * that must be true. What binary fractions add behind the fifteenth digit is left away.
 */
export function exactNumber(value: number): string {
  const short = formatShort(value)
  const isHuge = Math.abs(value) >= HUGE
  const read = isHuge ? Number(value.toExponential(1)) : Number(short.replaceAll(",", "").replace(MINUS, "-"))
  const exact = Number(value.toPrecision(15))
  return read === exact ? short : withTrueMinus(String(exact))
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

/**
 * An amount of `currency`: dollars and dollar coins as "$1,234.50", any other code after the number; the bare number
 * when the currency is unknown.
 */
export function formatMoney(amount: number | null | undefined, currency: string | undefined): string {
  const decimals = moneyDecimals(amount, currency)
  const text = formatNumber(amount, isSmall(amount, decimals) ? smallDecimals(amount) : decimals)
  if (text === UNKNOWN || currency === undefined) return text
  if (!isDollar(currency)) return `${text}${THIN_SPACE}${currency}`
  return text.startsWith(MINUS) ? `${MINUS}$${text.slice(1)}` : `$${text}`
}

/** Like `formatMoney`, without needless digits: for sentences. "$100", "0.001 BTC". */
export function formatRoundMoney(amount: number | null | undefined, currency: string | undefined): string {
  const text = formatMoney(amount, currency)
  return isCoin(currency) || isSmall(amount, moneyDecimals(amount, currency))
    ? text.replace(/(\.\d*?)0+(?!\d)/, "$1").replace(/\.(?!\d)/, "")
    : text.replace(/\.00(?!\d)/, "")
}

/** As `formatMoney`, with a plus before a gain. */
export function formatSignedMoney(amount: number | null | undefined, currency: string | undefined): string {
  return signed(amount, formatMoney(amount, currency))
}

/** A price with as many decimals as its grid has; without a grid, six significant digits. */
export function formatPrice(price: number | null | undefined, priceDecimals?: number): string {
  if (priceDecimals !== undefined && priceDecimals < 13) return formatNumber(price, priceDecimals)
  return significantText(price, sixDigits)
}

/** A quantity of a coin: up to eight significant digits, no trailing zeros. */
export function formatQuantity(quantity: number | null | undefined): string {
  return significantText(quantity, eightDigits)
}

/** Bytes in the usual unit: "1.4 MB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"]
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${formatNumber(bytes / 1000 ** step, step === 0 ? 0 : 1)} ${units[step]}`
}

const sixDigits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 })
const eightDigits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 8 })
const shortest = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 10 })

function significantText(value: number | null | undefined, format: Intl.NumberFormat): string {
  if (value === null || value === undefined || Number.isNaN(value)) return UNKNOWN
  return Math.abs(value) >= HUGE ? hugeNumber(value) : withTrueMinus(format.format(value))
}

function hugeNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`
  const [digits, exponent] = value.toExponential(1).split("e+")
  return withTrueMinus(`${digits}×10${exponent.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])}`)
}

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

/** Cents matter on a hundred dollars, and are noise on a hundred thousand. A coin is counted to its smallest part. */
function moneyDecimals(amount: number | null | undefined, currency: string | undefined): number {
  if (isCoin(currency)) return 8
  if (amount && Math.abs(amount) >= 100_000) return 0
  return currency !== undefined && wholeCurrencies.includes(currency) ? 0 : 2
}

/** Less is what sums of fractions leave over, not money. */
const LEAST_MONEY = 1e-12

/** Whether there is money that its currency's decimals would call nothing. */
function isSmall(amount: number | null | undefined, decimals: number): amount is number {
  return typeof amount === "number" && Math.abs(amount) >= LEAST_MONEY && Math.abs(amount) < 10 ** -decimals
}

/** Two digits of a small amount. */
function smallDecimals(amount: number): number {
  return 1 - Math.floor(Math.log10(Math.abs(amount)))
}

const dollars = ["USD", "USDT", "USDC", "FDUSD", "BUSD", "TUSD", "USDP", "DAI"]
const wholeCurrencies = ["JPY", "KRW", "VND", "IDR", "CLP", "HUF"]
/** Coins people count money in whose unit is not worth one unit of a national currency. */
const coins = ["BTC", "XBT", "ETH", "BNB", "SOL", "XRP", "TRX", "DOGE", "DOT"]

function isDollar(currency: string): boolean {
  return dollars.includes(currency)
}

function isCoin(currency: string | undefined): boolean {
  return currency !== undefined && coins.includes(currency)
}
