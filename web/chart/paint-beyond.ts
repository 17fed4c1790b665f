import type { Pen } from "./painter.ts"

type Beyond = { words: string; value: number; colour: string; ground: string; right: number }

/** Names values that are beyond the axis at the edge of the pane they lie behind, one above the other. */
export function paintBeyond(pen: Pen, all: readonly Beyond[]): void {
  const { y, height } = pen
  const above = all.filter(({ value }) => y(value) < 0)
  const below = all.filter(({ value }) => y(value) > height)
  above.forEach((each, row) => paintName(pen, each, { arrow: "↑", middle: EDGE_PX + row * ROW_PX }))
  below.forEach((each, row) => paintName(pen, each, { arrow: "↓", middle: height - EDGE_PX - row * ROW_PX }))
}

function paintName({ context, width }: Pen, it: Beyond, { arrow, middle }: { arrow: string; middle: number }): void {
  const words = `${it.words} ${arrow}`
  context.font = '11px "Inter Variable", system-ui, sans-serif'
  context.textBaseline = "middle"
  context.textAlign = "right"
  const right = Math.min(width - 4, Math.max(context.measureText(words).width + 4, it.right))
  context.strokeStyle = it.ground
  context.lineWidth = 3
  context.strokeText(words, right, middle)
  context.fillStyle = it.colour
  context.fillText(words, right, middle)
}

const EDGE_PX = 8
const ROW_PX = 15
