import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { grid } from "../../strategy/templates/grid.ts"

/** A grid on some markets; without a range it takes that of the last candles. */
export type FixedGrid = {
  markets: string[]
  lines: number
  mostPercent?: number
  range?: { low: number; high: number }
}

/** The grid template with the person's lines, and its range where one was said. */
export function fixedGrid({ markets, lines, mostPercent, range }: FixedGrid): WrittenStrategy {
  const { params, code, ...rest } = grid.document
  const count = { ...params!.lines, value: lines, min: Math.min(3, lines), max: Math.max(30, lines) } as NonNullable<
    WrittenStrategy["params"]
  >[string]
  const most = {
    ...params!.most,
    ...(mostPercent !== undefined && { value: mostPercent, min: Math.min(1, mostPercent) }),
  } as typeof count
  if (!range) return { ...rest, markets, params: { ...params, lines: count, most }, code }
  const price = (label: string, value: number) => ({
    label,
    type: "number" as const,
    value,
    min: value / 4,
    max: value * 4,
    step: stepOf(value),
  })
  return {
    ...rest,
    name: "Grid in a range",
    markets,
    params: {
      top: price("Top of the range", range.high),
      bottom: price("Bottom of the range", range.low),
      lines: count,
      most,
    },
    code: { language: "assemblyscript", source },
  }
}

function stepOf(value: number): number {
  return 10 ** Math.round(Math.log10(value / 1_000))
}

const source = `import { Candle, Strategy } from "candlewright"

// The range is cut into lines. The lower the price, the more lines are filled; above the range nothing is held.
export class Grid extends Strategy {
  top: f64 = this.param("top")
  bottom: f64 = this.param("bottom")
  lines: f64 = this.param("lines")
  most: f64 = this.param("most")
  filled: f64 = 0

  onCandle(candle: Candle): void {
    if (!this.position.isOpen) this.filled = 0
    if (!(this.top > this.bottom)) return
    const below = (this.top - candle.close) / (this.top - this.bottom)
    const wanted = max(0.0, min(this.lines, floor(below * this.lines)))
    if (wanted == this.filled) return
    this.filled = wanted
    this.targetPercent((this.most * wanted) / this.lines)
  }
}
`
