import { ChevronLeft, ChevronRight, ChevronsLeft, ChevronsRight, Pause, Play } from "lucide-react"
import type { Ref } from "react"
import { Button, IconButton } from "../ui/button.tsx"
import { Select } from "../ui/select.tsx"
import { type ReplaySpeed, replaySpeeds, type useReplay } from "./use-replay.ts"

type ReplayControlsProps = { replay: ReturnType<typeof useReplay>; playRef: Ref<HTMLButtonElement> }

/** Plays the candles, or goes from one to the next. */
export function ReplayControls({ replay, playRef }: ReplayControlsProps) {
  const { bar, isPlaying, isAtEnd, speed, step, togglePlay, setSpeed } = replay
  const steps = [
    { label: "Ten candles back", by: -10, Icon: ChevronsLeft, isOff: bar === 0 },
    { label: "Candle back", by: -1, Icon: ChevronLeft, isOff: bar === 0 },
    { label: "Candle on", by: 1, Icon: ChevronRight, isOff: isAtEnd },
    { label: "Ten candles on", by: 10, Icon: ChevronsRight, isOff: isAtEnd },
  ]
  const PlayIcon = isPlaying ? Pause : Play
  return (
    <div role="toolbar" aria-label="Replay" className="flex flex-wrap items-center gap-2">
      <Button
        ref={playRef}
        look="primary"
        className="min-w-24"
        icon={<PlayIcon aria-hidden className="size-4" />}
        disabled={isAtEnd}
        onClick={togglePlay}
      >
        {isPlaying ? "Pause" : "Play"}
      </Button>
      <div className="flex">
        {steps.map(({ label, by, Icon, isOff }) => (
          <IconButton key={label} label={label} disabled={isOff} onClick={() => step(by)}>
            <Icon aria-hidden className="size-4" />
          </IconButton>
        ))}
      </div>
      <div className="flex items-center gap-2">
        <Select
          label="Speed"
          value={String(speed)}
          choices={replaySpeeds.map((each) => ({
            value: String(each),
            label: each === 1 ? "1 candle a second" : `${each} candles a second`,
          }))}
          onChange={(value) => setSpeed(Number(value) as ReplaySpeed)}
        />
      </div>
      {isAtEnd ? (
        <p role="status" className="text-sm text-ink-soft">
          This is the last candle: step back to play on.
        </p>
      ) : (
        <p className="text-sm text-ink-soft max-md:hidden">Space plays, arrows step, Shift steps ten.</p>
      )}
    </div>
  )
}
