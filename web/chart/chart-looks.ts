import { ColorType, CrosshairMode, LineStyle, type Time } from "lightweight-charts"
import { type TimeZone, formatCandle, formatCandleDay, formatClock } from "../ui/date-format.ts"
import { colourOf } from "../ui/theme.ts"

/**
 * How every chart of ours looks, in the theme now shown: colours, one crosshair, times by the clock of `zone`.
 * `barMs` tells the length of a bar now: days are named by the day they cover.
 */
export function chartLooks(zone: TimeZone, barMs: () => number) {
  const line = colourOf("line")
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  return {
    layout: {
      background: { type: ColorType.Solid, color: colourOf("surface-0") },
      textColor: colourOf("ink-soft"),
      fontFamily: '"Inter Variable", system-ui, sans-serif',
      fontSize: 12,
      attributionLogo: false, // named under About instead: the logo's link is refused by our content policy
      panes: { separatorColor: line, separatorHoverColor: colourOf("surface-3") },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: crosshairLine(), horzLine: crosshairLine() },
    rightPriceScale: { borderVisible: false, minimumWidth: 64 },
    timeScale: {
      ...ticks(zone, barMs),
      borderColor: line,
      timeVisible: true,
      secondsVisible: false,
      rightOffset: 2,
      minBarSpacing: 0.01,
    },
    localization: { timeFormatter: (time: Time) => formatCandle((time as number) * 1000, barMs(), zone) },
    kineticScroll: { touch: !still, mouse: false },
    handleScroll: { vertTouchDrag: false },
  }
}

/** The library thinks in UTC; each bar it puts a word under is named by the clock of `zone`. */
function ticks(zone: TimeZone, barMs: () => number) {
  return {
    tickMarkFormatter: (time: Time, kind: number) => {
      const timeMs = (time as number) * 1000
      const [day, month, year] = formatCandleDay(timeMs, barMs(), zone).split(" ")
      return [year, month, `${day} ${month}`][kind] ?? formatClock(timeMs, zone)
    },
  }
}

function crosshairLine() {
  return { color: colourOf("ink-faint"), labelBackgroundColor: colourOf("ink-faint"), style: LineStyle.Dotted }
}
