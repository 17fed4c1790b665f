import { Plus, Trash2 } from "lucide-react"
import type { ReactNode } from "react"
import { type DocumentPath, pathText, valueAt, withoutUnusedParams, withValueAt } from "#engine/strategy"
import { Button, IconButton } from "../../ui/button.tsx"
import type { Edit } from "./edit.ts"

type StepListProps = {
  edit: Edit
  path: DocumentPath
  /** What one of them is called, such as "target". */
  noun: string
  most: number
  /** The next one, after those there are. */
  next: (steps: readonly Record<string, unknown>[]) => object
  children: (step: Record<string, unknown>, path: DocumentPath) => ReactNode
}

/** A list of steps such as targets: each with what can be set, one more in a press, any taken away. */
export function StepList({ edit: { document, change }, path, noun, most, next, children }: StepListProps) {
  const steps = (valueAt(document, path) ?? []) as Record<string, unknown>[]
  const put = (list: readonly object[], words: string) =>
    change(withoutUnusedParams(document, withValueAt(document, path, list)), words)
  return (
    <div className="flex flex-col gap-2">
      {steps.map((step, at) => (
        <div
          key={at}
          data-place={pathText([...path, at])}
          className="flex min-w-0 items-end gap-1 border-l border-line pl-3"
        >
          <div className="grid min-w-0 grow grid-cols-2 items-end gap-2">{children(step, [...path, at])}</div>
          <IconButton
            label={`Remove ${noun} ${at + 1}`}
            onClick={() => put(steps.toSpliced(at, 1), `Removed ${noun} ${at + 1}`)}
          >
            <Trash2 aria-hidden className="size-4" />
          </IconButton>
        </div>
      ))}
      {steps.length < most && (
        <Button
          look="plain"
          className="self-start"
          icon={<Plus aria-hidden className="size-4" />}
          onClick={() => put([...steps, next(steps)], `Added a ${noun}`)}
        >
          Add a {noun}
        </Button>
      )}
    </div>
  )
}
