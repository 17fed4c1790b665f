import { useEffect, useState } from "react"
import { type FunctionPictures, pictureBox, type Stroke } from "../../run/function-pictures.ts"
import { picturesOfFunctions } from "../../run/use-run.ts"
import { classNames } from "../../ui/class-names.ts"

const looks: Record<Stroke["look"], string> = {
  line: "stroke-accent [stroke-width:1.5]",
  second: "stroke-info [stroke-width:1.25]",
  price: "stroke-ink-faint opacity-70",
  mark: "stroke-accent [stroke-width:2]",
  rise: "stroke-gain [stroke-width:5]",
  fall: "stroke-loss [stroke-width:5]",
  riseWick: "stroke-gain",
  fallWick: "stroke-loss",
}

/** A function's picture on the sample's candles. It keeps its place while there is nothing to draw. */
export function FunctionPicture({ strokes = [], className }: { strokes?: Stroke[]; className?: string }) {
  const { width, height } = pictureBox
  return (
    <svg
      aria-hidden
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fill="none"
      className={classNames("shrink-0 overflow-visible", className)}
    >
      {strokes.map(({ look, path }, n) => (
        <path key={n} d={path} className={looks[look]} strokeLinejoin="round" />
      ))}
    </svg>
  )
}

/** Every function's picture; none until they are drawn. */
export function useFunctionPictures(): FunctionPictures {
  const [pictures, setPictures] = useState<FunctionPictures>({})
  useEffect(() => {
    let isShown = true
    void picturesOfFunctions().then((drawn) => isShown && setPictures(drawn))
    return () => void (isShown = false)
  }, [])
  return pictures
}
