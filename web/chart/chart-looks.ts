import { ColorType, CrosshairMode, LineStyle, type Time } from "lightweight-charts"
import { type TimeZone, formatDate, formatDateTime } from "../ui/date-format.ts"
import { colourOf } from "../ui/theme.ts"

/** How every chart of ours looks, in the theme now shown: colours, one crosshair, times by the clock of `zone`. */
export function chartLooks(zone: TimeZone) {
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
    timeScale: { borderColor: line, timeVisible: true, secondsVisible: false, rightOffset: 2, minBarSpacing: 0.01 },
    localization: { timeFormatter: (time: Time) => formatDateTime((time as number) * 1000, zone) },
    kineticScroll: { touch: !still, mouse: false },
    handleScroll: { vertTouchDrag: false },
    ...(zone === "local"
      ? {
          timeScale: {
            ...localTicks(),
            borderColor: line,
            timeVisible: true,
            secondsVisible: false,
            rightOffset: 2,
            minBarSpacing: 0.01,
          },
        }
      : {}),
  }
}

/** The library thinks in UTC; a person on local time gets the day or the hour of their own clock. */
function localTicks() {
  return {
    tickMarkFormatter: (time: Time, kind: number) => {
      const timeMs = (time as number) * 1000
      const [day, month, year] = formatDate(timeMs, "local").split(" ")
      const texts = [year, month, `${day} ${month}`]
      return texts[kind] ?? formatDateTime(timeMs, "local").slice(-5)
    },
  }
}

function crosshairLine() {
  return { color: colourOf("ink-faint"), labelBackgroundColor: colourOf("ink-faint"), style: LineStyle.Dotted }
}
