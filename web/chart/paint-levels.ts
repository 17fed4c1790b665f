import type { TradeLevels } from "#engine/run"
import { barPlace, type ChartColumns } from "../run/chart-columns.ts"
import { formatPrice } from "../ui/number-format.ts"
import type { ChartPalette } from "./chart-palette.ts"
import { paintBeyond } from "./paint-beyond.ts"
import type { Pen, PriceTag } from "./painter.ts"

export type LevelLook = { palette: ChartPalette; priceDecimals: number }

/** Draws stop, targets and liquidation of a trade as steps: a level holds until the next candle moves it. */
export function paintLevels(pen: Pen, levels: TradeLevels, columns: ChartColumns, look: LevelLook): void {
  const { palette } = look
  paintLiquidation(pen, levels, columns, look)
  paintSteps(
    pen,
    { ...levels, values: levels.stop, name: "Stop", colour: palette.loss, ground: palette["surface-0"] },
    columns,
  )
  paintSteps(
    pen,
    { ...levels, values: levels.liquidation, name: "Liquidation", colour: palette.warn, ground: palette["surface-0"] },
    columns,
  )
  for (const values of levels.targets)
    paintSteps(pen, { ...levels, values, name: "Target", colour: palette.gain, ground: palette["surface-0"] }, columns)
}

/** The last of each level, as tags of the axis. */
export function levelTags(
  { stop, targets, liquidation }: TradeLevels,
  palette: ChartPalette,
  priceDecimals: number,
): PriceTag[] {
  const tag = (values: Float64Array, colour: string): PriceTag[] => {
    const value = values.findLast((each) => !Number.isNaN(each))
    if (value === undefined) return []
    return [{ value, text: formatPrice(value, priceDecimals), colour, ink: palette["surface-0"] }]
  }
  return [
    ...tag(stop, palette.loss),
    ...tag(liquidation, palette.warn),
    ...targets.flatMap((values) => tag(values, palette.gain)),
  ]
}

type Steps = { openTimeMs: Float64Array; values: Float64Array; name: string; colour: string; ground: string }

function paintSteps(pen: Pen, { openTimeMs, values, name, colour, ground }: Steps, columns: ChartColumns): void {
  const { context, x, y, spacing } = pen
  context.beginPath()
  let last: { x: number; y: number } | undefined
  for (let at = 0; at < values.length; at++) {
    if (Number.isNaN(values[at])) continue
    const left = x(barPlace(columns.openTimeMs, openTimeMs[at])) - spacing / 2
    const isBroken = at === 0 || Number.isNaN(values[at - 1])
    if (isBroken) context.moveTo(left, y(values[at]))
    else context.lineTo(left, y(values[at]))
    last = { x: left + spacing, y: y(values[at]) }
    context.lineTo(last.x, last.y)
  }
  context.strokeStyle = colour
  context.lineWidth = 1
  context.stroke()
  if (last) paintName(pen, { ...last, name, colour, ground })
}

/** Names a liquidation that is beyond the axis by the end of its trade. */
function paintLiquidation(
  pen: Pen,
  { openTimeMs, liquidation }: TradeLevels,
  columns: ChartColumns,
  { palette, priceDecimals }: LevelLook,
): void {
  const at = liquidation.findLastIndex((each) => !Number.isNaN(each))
  if (at < 0) return
  const value = liquidation[at]
  const words = `Liquidation at ${formatPrice(value, priceDecimals)}`
  const right = pen.x(barPlace(columns.openTimeMs, openTimeMs[at]))
  paintBeyond(pen, [{ words, value, right, colour: palette.warn, ground: palette["surface-0"] }])
}

const NAME_PX = 60

type NamePlace = { x: number; y: number; name: string; colour: string; ground: string }

/** After the end of its line, or over it where the line ends at the edge of the pane. */
function paintName({ context, width }: Pen, { x, y, name, colour, ground }: NamePlace): void {
  const isBehind = x + NAME_PX < width
  const at = isBehind ? ([x + 5, y] as const) : ([Math.min(width - 4, x), y - 2] as const)
  context.font = '11px "Inter Variable", system-ui, sans-serif'
  // Liquidation and stop may be nearly one price: the names stand one above the other.
  context.textBaseline = isBehind && name !== "Liquidation" ? "middle" : "bottom"
  context.textAlign = isBehind ? "left" : "right"
  context.strokeStyle = ground
  context.lineWidth = 3
  context.strokeText(name, ...at)
  context.fillStyle = colour
  context.fillText(name, ...at)
}
