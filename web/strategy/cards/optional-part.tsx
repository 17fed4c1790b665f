import type { ReactNode } from "react"
import { type DocumentPath, valueAt, withoutUnusedParams, withValueAt } from "#engine/strategy"
import { Switch } from "../../ui/switch.tsx"
import type { Edit } from "./edit.ts"

type OptionalPartProps = {
  edit: Edit
  label: string
  path: DocumentPath
  /** What it is when it is switched on. */
  usual: unknown
  children: ReactNode
}

/** A part a strategy can do without: a switch, and below it what can be set while it is on. */
export function OptionalPart({ edit: { document, change }, label, path, usual, children }: OptionalPartProps) {
  const isOn = (valueAt(document, path) ?? null) !== null
  return (
    <div className="flex flex-col">
      <Switch
        label={label}
        checked={isOn}
        onChange={(on) =>
          change(
            withoutUnusedParams(document, withValueAt(document, path, on ? usual : null)),
            `${label} ${on ? "on" : "off"}`,
          )
        }
      />
      {isOn && <div className="grid grid-cols-2 gap-2 border-l border-line pb-2 pl-3">{children}</div>}
    </div>
  )
}
