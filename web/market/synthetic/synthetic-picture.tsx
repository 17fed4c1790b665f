import { formatPrice } from "../../ui/number-format.ts"
import type { PricePicture } from "./synthetic-worker.ts"

const HEIGHT = 100

/** Prices as a band from each part's lowest to its highest, with the range in words beside it. */
export function SyntheticPicture({ picture }: { picture: PricePicture }) {
  const { high, low, highest, lowest, last } = picture
  const y = (price: number) => HEIGHT - (HEIGHT * (price - lowest)) / (highest - lowest || 1)
  const top = Array.from(high, (price, at) => `${at},${y(price).toFixed(1)}`)
  const bottom = Array.from(low, (price, at) => `${at},${(y(price) + 0.8).toFixed(1)}`).toReversed()
  const words = `From ${formatPrice(lowest)} to ${formatPrice(highest)}, at the end ${formatPrice(last)}.`
  return (
    <figure className="flex flex-col gap-1">
      <svg
        role="img"
        aria-label={`The prices of this made-up market. ${words}`}
        viewBox={`0 0 ${high.length - 1} ${HEIGHT + 1}`}
        preserveAspectRatio="none"
        className="h-32 w-full border-y border-line"
      >
        <polygon
          points={[...top, ...bottom].join(" ")}
          className="fill-(--ink-soft) stroke-(--ink-soft)"
          strokeWidth={1}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption aria-hidden className="text-sm text-ink-soft">
        {words}
      </figcaption>
    </figure>
  )
}
