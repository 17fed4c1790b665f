import { ColorType, CrosshairMode, LineStyle, type Time } from "lightweight-charts"
import { formatCandle, formatCandleDay, formatClock } from "../ui/date-format.ts"
import type { ChartPalette } from "./chart-palette.ts"
import type { ChartClock } from "./clock-axis.ts"

/** How every chart of ours looks and behaves: one crosshair, no view beyond its candles. */
export function chartLooks(palette: ChartPalette, { zone, barMs }: ChartClock) {
  const crosshairLine = {
    color: palette["ink-faint"],
    labelBackgroundColor: palette["ink-faint"],
    style: LineStyle.Dotted,
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  return {
    layout: {
      background: { type: ColorType.Solid, color: palette["surface-0"] },
      textColor: palette["ink-soft"],
      fontFamily: '"Inter Variable", system-ui, sans-serif',
      fontSize: 12,
      attributionLogo: false, // named under About instead: the logo's link is refused by our content policy
      panes: { separatorColor: palette.line, separatorHoverColor: palette["surface-3"] },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: palette.line } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: crosshairLine, horzLine: crosshairLine },
    rightPriceScale: { borderVisible: false, minimumWidth: 64, entireTextOnly: true },
    timeScale: {
      borderColor: palette.line,
      timeVisible: true,
      secondsVisible: false,
      minBarSpacing: 0.001,
      fixLeftEdge: true,
      fixRightEdge: true,
      enableConflation: true,
      tickMarkFormatter: (time: Time, kind: number) => tickWords((time as number) * 1000, kind, { zone, barMs }),
    },
    localization: { timeFormatter: (time: Time) => formatCandle((time as number) * 1000, barMs(), zone) },
    kineticScroll: { touch: !still, mouse: false },
    // The wheel belongs to the page (chart-view.ts), and so does a finger that moves up or down.
    handleScroll: { vertTouchDrag: false, mouseWheel: false },
    handleScale: { mouseWheel: false },
  }
}

/** Labels a mark on the person's clock by what begins there: a year, a month, a day, or a time of day. */
function tickWords(timeMs: number, kind: number, { zone, barMs }: ChartClock): string {
  const [day, month, year] = formatCandleDay(timeMs, barMs(), zone).split(" ")
  return [year, month, `${day} ${month}`][kind] ?? formatClock(timeMs, zone)
}
