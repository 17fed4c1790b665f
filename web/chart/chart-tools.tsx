import { ImageDown, Maximize, Minimize, MoveHorizontal, Ruler } from "lucide-react"
import { memo, type ReactNode } from "react"
import { IconButton } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"

type ChartToolsProps = {
  isFull: boolean
  isMeasuring: boolean
  onFit: () => void
  onMeasure: () => void
  onFull: () => void
  onSave: () => void
  /** Further tools of this chart, between measuring and the window's own. */
  children: ReactNode
}

/** The tools of a chart, the same for all of them. */
export const ChartTools = memo(function ChartTools(props: ChartToolsProps) {
  const { isFull, isMeasuring, onFit, onMeasure, onFull, onSave, children } = props
  return (
    <div role="toolbar" aria-label="Chart" className="flex shrink-0 flex-wrap items-center justify-end">
      <IconButton label="Fit everything" onClick={onFit}>
        <MoveHorizontal aria-hidden className="size-4" />
      </IconButton>
      <IconButton
        label="Measure between two places"
        aria-pressed={isMeasuring}
        onClick={onMeasure}
        className={classNames(isMeasuring && "bg-surface-3 text-ink-strong")}
      >
        <Ruler aria-hidden className="size-4" />
      </IconButton>
      {children}
      <IconButton label={isFull ? "Leave full screen" : "Full screen"} onClick={onFull}>
        {isFull ? <Minimize aria-hidden className="size-4" /> : <Maximize aria-hidden className="size-4" />}
      </IconButton>
      <IconButton label="Save the chart as a picture" onClick={onSave}>
        <ImageDown aria-hidden className="size-4" />
      </IconButton>
    </div>
  )
})

/** A tool that stays pressed, named by a short word. */
export function ToggleTool({
  label,
  word,
  isOn,
  onChange,
}: {
  label: string
  word: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}) {
  return (
    <button
      type="button"
      aria-label={`${word}: ${label}`}
      title={label}
      aria-pressed={isOn}
      onClick={() => onChange(!isOn)}
      className={classNames(
        "inline-flex h-10 min-w-8 items-center justify-center rounded-md px-2 text-xs transition-colors hover:bg-surface-2 hover:text-ink-strong md:h-8",
        isOn ? "bg-surface-3 font-medium text-ink-strong" : "text-ink-soft",
      )}
    >
      {word}
    </button>
  )
}
