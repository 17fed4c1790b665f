const WIDTH = 64
const HEIGHT = 24

/**
 * The last day as a line, ending at the price of now, in the colour of the day's change. Its place is kept while the
 * day has not come.
 */
export function Sparkline({
  closes,
  price,
  isLoss,
}: {
  closes: number[] | undefined
  price: number | undefined
  isLoss: boolean
}) {
  const values = [...(closes ?? []), ...(price === undefined ? [] : [price])]
  return (
    <svg
      aria-hidden
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={`shrink-0 ${isLoss ? "text-loss" : "text-gain"}`}
    >
      {closes && (
        <polyline
          points={pointsOf(values)}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.5}
          strokeLinejoin="round"
        />
      )}
    </svg>
  )
}

function pointsOf(values: number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const x = (at: number) => ((at / Math.max(1, values.length - 1)) * WIDTH).toFixed(1)
  const y = (value: number) => (HEIGHT - 1 - ((value - low) / (high - low || 1)) * (HEIGHT - 2)).toFixed(1)
  return values.map((value, at) => `${x(at)},${y(value)}`).join(" ")
}
