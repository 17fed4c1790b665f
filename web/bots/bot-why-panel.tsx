import type { RefObject } from "react"
import { type Timeframe, timeframesMs } from "#engine/candles"
import { usePreferences } from "../settings/index.ts"
import { ReportedCandleView, WhyFrame } from "../why/index.ts"
import { type LiveWhy, useLiveWhy } from "./bot-why.ts"
import type { Bot } from "./bot.ts"
import { EventLine } from "./event-line.tsx"

type BotWhyPanelProps = {
  bot: Bot
  market: string
  candleMs: number
  onCandle: (openTimeMs: number) => void
  onClose: () => void
  opener: RefObject<HTMLElement | null>
  isFocused: boolean
}

/** Why a bot did, or did not, trade at a candle: what it saw itself, and what then kept it from trading, or did not. */
export function BotWhyPanel({ bot, market, candleMs, onCandle, ...frame }: BotWhyPanelProps) {
  const { timeZone } = usePreferences()
  const { live, reported, isStale } = useLiveWhy({ botId: bot.id, market, candleMs })
  const timeframe = bot.timeframe as Timeframe
  const lengthMs = timeframesMs[timeframe]
  return (
    <WhyFrame
      {...{ ...frame, candleMs, timeframe, reported, isStale }}
      zone={timeZone}
      onWalk={(steps) => onCandle(candleMs + steps * lengthMs)}
    >
      {(candle) =>
        live && (
          <ReportedCandleView
            reported={candle}
            filled={filledIn(live)}
            live={{ isRefused: live.events.some(({ kind }) => kind === "refusal") }}
            priceDecimals={decimalsOf(live)}
            fillMs={lengthMs}
            zone={timeZone}
          >
            <WhatFollowed events={live.events} />
          </ReportedCandleView>
        )
      }
    </WhyFrame>
  )
}

/** Risk settings, the kill switch, old candles and orders are beside the rules: what they did after the close. */
function WhatFollowed({ events }: Pick<LiveWhy, "events">) {
  if (events.length === 0) return <p className="text-sm text-ink-soft">Nothing else happened until the next candle.</p>
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-sm text-ink-soft">What happened until the next candle</h3>
      <ol className="border-b border-line text-sm">
        {events.map((event) => (
          <EventLine key={event.seq} event={event} />
        ))}
      </ol>
    </section>
  )
}

function filledIn({ entered, exited }: LiveWhy) {
  return {
    entered: entered.map(({ price }) => ({ side: "long" as const, entryPrice: Number(price) })),
    exited: exited.map(({ price, reason }) => ({
      side: "long" as const,
      exitPrice: Number(price),
      exitReason: reason,
    })),
  }
}

/** As many as the candle's prices have. */
function decimalsOf({ candle }: LiveWhy): number {
  return Math.max(...Object.values(candle).map((price) => price.split(".")[1]?.length ?? 0))
}
