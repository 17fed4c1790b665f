import { formatNumber, formatPercent, formatPrice } from "../ui/number-format.ts"

/** How an axis and its crosshair format values. */
export type AxisWords = {
  type: "custom"
  formatter: (value: number) => string
  tickmarksFormatter: (values: readonly number[]) => string[]
  minMove: number
}

/** Formats prices on their grid under the crosshair, and the axis marks with no more decimals than they need. */
export function priceWords(priceDecimals: number): AxisWords {
  const most = Math.min(priceDecimals, 8)
  return {
    type: "custom",
    formatter: (price) => formatPrice(price, priceDecimals),
    tickmarksFormatter: (prices) => alike(prices, most),
    minMove: 10 ** -most,
  }
}

/**
 * Formats money of about this size: cents where marks need them, none where they are noise, and for a thousandth of a
 * coin as many digits as necessary; one number of decimals for all marks.
 */
export function moneyWords(amount: number): AxisWords {
  const most = amount > 0 && amount < 10 ? Math.min(12, 3 - Math.floor(Math.log10(amount))) : 2
  return {
    type: "custom",
    formatter: (money) => formatNumber(money, Math.abs(money) < 1000 ? most : 0),
    tickmarksFormatter: (amounts) => alike(amounts, most),
    minMove: 10 ** -most,
  }
}

export function percentWords(): AxisWords {
  return {
    type: "custom",
    formatter: (percent) => formatPercent(percent),
    tickmarksFormatter: (percents) => {
      const decimals = decimalsFor(percents, 1)
      return percents.map((percent) => formatPercent(percent, decimals))
    },
    minMove: 0.1,
  }
}

/** Formats values of a separate pane with unknown unit and size. */
export function valueWords(): AxisWords {
  return {
    type: "custom",
    formatter: (value) => formatNumber(value, Math.abs(value) < 10 ? 4 : 2),
    tickmarksFormatter: (values) => alike(values, 8),
    minMove: 1e-8,
  }
}

function alike(values: readonly number[], most: number): string[] {
  const decimals = decimalsFor(values, most)
  return values.map((value) => formatNumber(value, decimals))
}

/** The fewest decimals, at most `most`, that keep every mark exact. */
function decimalsFor(values: readonly number[], most: number): number {
  for (let decimals = 0; decimals < most; decimals++)
    if (values.every((value) => isNear(value, Number(value.toFixed(decimals))))) return decimals
  return most
}

function isNear(value: number, other: number): boolean {
  return Math.abs(value - other) <= 1e-9 * Math.max(1, Math.abs(value))
}
