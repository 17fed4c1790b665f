import { type SyntheticKind, syntheticKinds, strategyTimeframeOf, type Timeframe, timeframeOf } from "#engine/candles"
import { useNavigate } from "@tanstack/react-router"
import { Dices } from "lucide-react"
import { useState } from "react"
import type { SavedMarket } from "../../db/market-catalogue.ts"
import { sampleMarket } from "../../db/sample-market.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"
import { NumberField } from "../../ui/number-field.tsx"
import { formatCount } from "../../ui/number-format.ts"
import { Select } from "../../ui/select.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { candlesOf, kindWords, lengthProblem, type SyntheticChoice } from "./synthetic-choice.ts"
import { makeMarket, usePicture } from "./synthetic-make.ts"
import { SyntheticPicture } from "./synthetic-picture.tsx"

const REDRAWN = "redrawn"
const PARTS = 240
const timeframes: Timeframe[] = ["1m", "5m", "15m", "1h", "4h", "1d"]
const lengths = [
  { value: "30", label: "a month" },
  { value: "91", label: "3 months" },
  { value: "365", label: "a year" },
  { value: "730", label: "2 years" },
  { value: "1826", label: "5 years" },
]

/** Makes a market up: choose its kind, look at it, keep it. */
export function SyntheticDialog({ markets, onClose }: { markets: SavedMarket[]; onClose: () => void }) {
  const navigate = useNavigate()
  const [choice, setChoice] = useState<SyntheticChoice>({
    like: { kind: "crash" },
    timeframe: "1h",
    days: 365,
    seed: 1,
    startPrice: 100,
  })
  const [making, setMaking] = useState(false)
  const [problem, setProblem] = useState<string>()
  const change = (part: Partial<SyntheticChoice>) => setChoice({ ...choice, ...part })
  const tooLong = lengthProblem(choice)
  const make = async () => {
    setMaking(true)
    try {
      const marketId = await makeMarket(choice)
      onClose()
      await navigate({ to: "/data/$marketId", params: { marketId } })
    } catch (error) {
      setProblem((error as Error).message)
      setMaking(false)
    }
  }
  return (
    <Dialog
      title="Make a market up"
      description="For seeing how a strategy does in weather your candles do not have. It is no forecast, and every result on it says that it was made up."
      open
      onOpenChange={onClose}
    >
      <form className="flex flex-col gap-4" onSubmit={(event) => (event.preventDefault(), void make())}>
        <LikeFields choice={choice} markets={markets} onChange={change} />
        <div className="grid grid-cols-2 gap-3">
          <Select
            label="Length"
            value={String(choice.days)}
            choices={lengths}
            onChange={(days) => change({ days: Number(days) })}
          />
          {"kind" in choice.like && (
            <Select
              label="Candles of"
              value={choice.timeframe}
              choices={timeframes.map((value) => ({ value, label: value }))}
              onChange={(timeframe) => change({ timeframe: timeframe as Timeframe })}
            />
          )}
          <NumberField
            label="First price"
            value={choice.startPrice}
            min={0.000001}
            max={1_000_000}
            onChange={(startPrice) => change({ startPrice })}
          />
          <SeedField seed={choice.seed} onChange={(seed) => change({ seed })} />
        </div>
        {tooLong ? <Notice kind="warn">{tooLong}</Notice> : <Preview choice={choice} />}
        {problem && <Notice kind="error">{problem}</Notice>}
        <div className="flex items-center justify-between gap-4">
          <span className="text-sm text-ink-soft">{formatCount(candlesOf(choice), "candle")}</span>
          <Button type="submit" look="primary" disabled={tooLong !== undefined || making}>
            {making ? "Making it" : "Make it"}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type LikeProps = { choice: SyntheticChoice; markets: SavedMarket[]; onChange: (part: Partial<SyntheticChoice>) => void }

function LikeFields({ choice: { like }, markets, onChange }: LikeProps) {
  const sources = [sampleMarket, ...markets.filter(({ candleCount }) => candleCount > 50)]
  const drawFrom = (id: string, blockCandles: number) => {
    const { name, quote, timeframeMs } = sources.find((market) => market.id === id) ?? sampleMarket
    onChange({
      like: { marketId: id, marketName: name, quote, blockCandles },
      timeframe: strategyTimeframeOf(timeframeMs) ?? "1h",
    })
  }
  const kinds = syntheticKinds.map((kind) => ({ value: kind, label: kindWords[kind].name }))
  const choose = (value: string) =>
    value === REDRAWN ? drawFrom(sources.at(-1)!.id, 48) : onChange({ like: { kind: value as SyntheticKind } })
  return (
    <>
      <div className="flex flex-col gap-1">
        <Select
          label="What it is like"
          value={"kind" in like ? like.kind : REDRAWN}
          choices={[...kinds, { value: REDRAWN, label: "Another past of one of your markets" }]}
          onChange={choose}
        />
        <p className="text-sm text-ink-soft">
          {"kind" in like
            ? kindWords[like.kind].meaning
            : "Stretches of its real candles, drawn by chance and put one after the other: the same kind of days in another order."}
        </p>
      </div>
      {"marketId" in like && (
        <div className="grid grid-cols-2 gap-3">
          <Select
            label="Drawn from"
            value={like.marketId}
            choices={sources.map((market) => ({
              value: market.id,
              label: market.name,
              hint: timeframeOf(market.timeframeMs),
            }))}
            onChange={(id) => drawFrom(id, like.blockCandles)}
          />
          <NumberField
            label="Candles that stay together"
            value={like.blockCandles}
            min={1}
            max={10_000}
            onChange={(blockCandles) => onChange({ like: { ...like, blockCandles: Math.round(blockCandles) } })}
          />
        </div>
      )}
    </>
  )
}

function SeedField({ seed, onChange }: { seed: number; onChange: (seed: number) => void }) {
  return (
    <div className="flex items-end gap-2">
      <div className="grow">
        <NumberField
          label="Seed"
          value={seed}
          min={0}
          max={999_999}
          onChange={(typed) => onChange(Math.round(typed))}
        />
      </div>
      <Button aria-label="Another seed" title="Another seed" onClick={() => onChange((seed + 1) % 1_000_000)}>
        <Dices aria-hidden className="size-4" />
      </Button>
    </div>
  )
}

function Preview({ choice }: { choice: SyntheticChoice }) {
  const { picture, because } = usePicture(choice, PARTS)
  if (because) return <Notice kind="error">{because}</Notice>
  return picture ? <SyntheticPicture picture={picture} /> : <Skeleton className="h-38 w-full" />
}
