import { memo } from "react"
import type { WrittenStrategy } from "#engine/strategy"
import { Slider } from "../ui/slider.tsx"
import { Switch } from "../ui/switch.tsx"
import { type ShownParam, shownParams } from "../run/template-of.ts"

type Values = Record<string, number | boolean>
type ParamsPanelProps = { strategy: WrittenStrategy; values: Values; onChange: (values: Values) => void }

/** A slider or a switch for each param of a strategy. `values` holds only those moved away from its own. */
export const ParamsPanel = memo(function ParamsPanel({ strategy, values, onChange }: ParamsPanelProps) {
  const move = (param: ShownParam, value: number | boolean) => {
    const { [param.name]: _, ...others } = values
    onChange(value === param.value ? others : { ...others, [param.name]: value })
  }
  return (
    <>
      {shownParams(strategy).map((param) => (
        <div key={param.name} data-place={`params.${param.name}`}>
          {param.type === "bool" ? (
            <Switch
              label={param.label}
              checked={Boolean(values[param.name] ?? param.value)}
              onChange={(value) => move(param, value)}
            />
          ) : (
            <Slider
              label={param.label}
              value={Number(values[param.name] ?? param.value)}
              min={param.min}
              max={param.max}
              step={param.step}
              onChange={(value) => move(param, value)}
            />
          )}
        </div>
      ))}
    </>
  )
})
