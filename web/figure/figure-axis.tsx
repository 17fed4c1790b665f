import { looks } from "./figure-looks.ts"

type Tick = { at: number; words: string }

/** Labels below a picture, each under its place; labels that would be cut at an edge stay inside it. */
export function BottomAxis({ ticks, y, width }: { ticks: Tick[]; y: number; width: number }) {
  return (
    <g fill={looks.words} fontSize={looks.fontPx}>
      {apart(ticks, width).map(({ at, words, anchor }) => (
        <text key={words} x={at} y={y} textAnchor={anchor}>
          {words}
        </text>
      ))}
    </g>
  )
}

/** Every tick, or every second, third … one: as many as have room for their labels. */
function apart(ticks: Tick[], width: number): (Tick & { anchor: Anchor })[] {
  for (let step = 1; step < ticks.length; step++) {
    const kept = ticks.filter((_, at) => at % step === 0).map((tick) => ({ ...tick, ...placed(tick, width) }))
    if (kept.every(({ left }, at) => at === 0 || left > kept[at - 1].right + LETTER_PX)) return kept
  }
  return ticks.slice(0, 1).map((tick) => ({ ...tick, ...placed(tick, width) }))
}

function placed({ at, words }: Tick, width: number): { anchor: Anchor; left: number; right: number } {
  const wide = words.length * LETTER_PX
  const anchor = anchorOf(at, width, wide)
  const left = at - { start: 0, middle: wide / 2, end: wide }[anchor]
  return { anchor, left, right: left + wide }
}

type Anchor = "start" | "middle" | "end"
/** The width of a digit in an axis label. */
const LETTER_PX = 7

/** Labels to the left of a picture, each with a faint line across it. */
export function LeftAxis({ ticks, left, right }: { ticks: Tick[]; left: number; right: number }) {
  return (
    <g fill={looks.words} fontSize={looks.fontPx}>
      {ticks.map(({ at, words }) => (
        <g key={words}>
          <line x1={left} x2={right} y1={at} y2={at} stroke={looks.line} />
          <text x={left - 6} y={at} textAnchor="end" dominantBaseline="central">
            {words}
          </text>
        </g>
      ))}
    </g>
  )
}

function anchorOf(at: number, width: number, wide: number): Anchor {
  if (at - wide / 2 < 0) return "start"
  return at + wide / 2 > width ? "end" : "middle"
}
