/** Numbers behind a candle's time in a table whose columns have no names: open, high, low, close, volume, the next. */
type BareRow = ArrayLike<number>

/** A number this near to the price may be one. */
const LEAST_OF_PRICE = 0.5
const MOST_OF_PRICE = 1.5
/** Volumes and turnovers are rounded by no more than this share. */
const ROUNDING = 0.01
/** Numbers from here on are times, not amounts. */
const LEAST_TIME = 1e11

const [OPEN, HIGH, LOW, CLOSE, VOLUME, NEXT] = [0, 1, 2, 3, 4, 5]

/** Money paid for a volume at prices between low and high, which both may be rounded. */
export function isMoneyOf(money: number, volume: number, low: number, high: number): boolean {
  return money >= volume * low * (1 - ROUNDING) && money <= volume * high * (1 + ROUNDING)
}

/** Orders of prices that others write, as places of open, high, low, close among the numbers behind the time. */
const foreignOrders = [
  {
    places: [OPEN, 2, 3, 1],
    words: "open, close, high, low, volume, as Bitfinex and KuCoin write them, or with open and close exchanged",
  },
  { places: [2, 1, 0, 3], words: "low, high, open, close, volume, as Coinbase writes them" },
  {
    places: [1, 2, 3, 4],
    words: "volume, close, high, low, open, as Gate.io writes them, or with open and close exchanged",
  },
]

/** Counts, row by row, what speaks against the usual order of columns without names. */
export class BareRowDoubts {
  private rows = 0
  private candles = 0
  private doubtfulVolumes = 0
  private readonly fitting = foreignOrders.map(() => 0)

  /** Takes a row's numbers; `count` of them are there. */
  see(row: BareRow, count: number): void {
    this.rows++
    if (isCandle(row, [OPEN, HIGH, LOW, CLOSE])) this.candles++
    else this.seeForeign(row, count)
    if (count > NEXT && isDoubtfulVolume(row)) this.doubtfulVolumes++
  }

  private seeForeign(row: BareRow, count: number): void {
    foreignOrders.forEach(({ places }, at) => {
      if (count > Math.max(...places) && isCandle(row, places)) this.fitting[at]++
    })
  }

  /** Why most rows cannot be read in the usual order, as the end of a sentence; undefined when they can. */
  because(): string | undefined {
    const most = (count: number) => count * 2 > this.rows
    if (most(this.doubtfulVolumes)) return DOUBTFUL_VOLUME
    const at = most(this.candles) ? -1 : this.fitting.indexOf(Math.max(...this.fitting))
    return at >= 0 && most(this.fitting[at]) ? orderInWords(foreignOrders[at].words) : undefined
  }
}

const DOUBTFUL_VOLUME =
  "its columns have no names, and the number behind the close may be an adjusted close, an average price or money instead of the volume, for another number follows; name the columns in a line on top, or leave out all but six."

function orderInWords(words: string): string {
  return `its cells are in another order: most rows only make sense as open time, ${words}; write open time, open, high, low, close, volume.`
}

function isCandle(row: BareRow, [open, high, low, close]: number[]): boolean {
  return row[low] > 0 && row[low] <= Math.min(row[open], row[close]) && row[high] >= Math.max(row[open], row[close])
}

/** A price where the volume is expected, or money of which the next number is the volume. */
function isDoubtfulVolume(row: BareRow): boolean {
  const [low, high, close, volume, next] = [row[LOW], row[HIGH], row[CLOSE], row[VOLUME], row[NEXT]]
  if (next >= LEAST_TIME || isMoneyOf(next, volume, low, high)) return false
  return isNear(volume, close) || (volume > 0 && isNear(volume / next, close))
}

function isNear(number: number, price: number): boolean {
  return number >= price * LEAST_OF_PRICE && number <= price * MOST_OF_PRICE
}
