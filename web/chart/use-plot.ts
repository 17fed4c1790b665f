import { useEffect, useEffectEvent, useRef, useState } from "react"
import { useThemeName } from "../ui/theme.ts"
import { usePrinting } from "../ui/use-printing.ts"
import type { ChartView } from "./chart-view.ts"

type Plot<Look> = { view: ChartView; restyle: (look: Look) => void; remove: () => void }

/**
 * A plot in an element, created once and recreated only where `structure` differs; theme and `look` change it in
 * place, so that the view stays.
 */
export function usePlot<P extends Plot<Look>, Look>(
  make: (element: HTMLElement) => P,
  { structure, look, lookKey }: { structure: string; look: Look; lookKey: string },
) {
  const element = useRef<HTMLDivElement>(null)
  const [kept, setKept] = useState<{ structure: string; plot: P }>()
  // Between two structures there is none: the old one is gone before the new one is known here.
  const plot = kept?.structure === structure ? kept.plot : undefined
  const theme = useThemeName()
  const isPrinting = usePrinting()
  const onMake = useEffectEvent(() => make(element.current!))
  const onRestyle = useEffectEvent(() => plot?.restyle(look))
  useEffect(() => {
    const made = onMake()
    // oxlint-disable-next-line react/set-state-in-effect -- a plot needs its element, which is there only now
    setKept({ structure, plot: made })
    return () => made.remove()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another structure is another plot
  }, [structure])
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the palette is read from the theme, the look by its key
  useEffect(() => onRestyle(), [theme, lookKey])
  useEffect(() => plot?.view.fitPaper(isPrinting), [plot, isPrinting])
  return { element, plot }
}
