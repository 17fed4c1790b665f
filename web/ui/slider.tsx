import { Slider as Radix } from "radix-ui"
import { useId } from "react"
import { formatShort } from "./number-format.ts"

type SliderProps = {
  label: string
  value: number
  min: number
  max: number
  step: number
  onChange: (value: number) => void
}

/** A value between two bounds, dragged or moved by arrow keys; the number is beside the label. */
export function Slider({ label, value, min, max, step, onChange }: SliderProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex justify-between gap-2 text-sm">
        <span id={id} className="text-ink-soft">
          {label}
        </span>
        <span className="font-medium text-ink-strong">{formatShort(value)}</span>
      </div>
      <Radix.Root
        className="relative flex h-8 touch-none items-center select-none md:h-6"
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([next]) => onChange(next)}
      >
        <Radix.Track className="relative h-1 grow rounded-full bg-surface-3">
          <Radix.Range className="absolute h-full rounded-full bg-accent-fill" />
        </Radix.Track>
        <Radix.Thumb aria-labelledby={id} className="grid size-6 place-items-center rounded-full">
          {/* As large as a finger needs, drawn smaller. */}
          <span className="block size-5 rounded-full border-2 border-accent bg-surface-0 md:size-4" />
        </Radix.Thumb>
      </Radix.Root>
    </div>
  )
}
