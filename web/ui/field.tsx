import { type ReactNode, useId } from "react"

export type FieldIds = { id: string; "aria-describedby"?: string; "aria-invalid"?: true }

/**
 * A label over a control, with an explanation mark beside it, a hint under it and the error below the control. `children`
 * receives the ids that tie them together.
 */
export function Field({
  label,
  about,
  hint,
  problem,
  children,
}: {
  label: string
  about?: ReactNode
  hint?: string
  problem?: string
  children: (ids: FieldIds) => ReactNode
}) {
  const id = useId()
  const said = [...(problem ? [`${id}-problem`] : []), ...(hint ? [`${id}-hint`] : [])].join(" ")
  const described = said === "" ? {} : { "aria-describedby": said }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center gap-1 text-sm text-ink-soft">
        <label htmlFor={id}>{label}</label>
        {about}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
      {children(problem ? { id, ...described, "aria-invalid": true } : { id, ...described })}
      {problem && (
        <p id={`${id}-problem`} className="text-sm text-loss">
          {problem}
        </p>
      )}
    </div>
  )
}

export const inputClass =
  "h-10 w-full min-w-0 rounded-md border border-control-line bg-surface-0 px-3 text-base text-ink-strong transition-colors placeholder:text-ink-faint aria-invalid:border-loss md:h-8 md:px-2 md:text-sm"
