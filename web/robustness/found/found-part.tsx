import { type ReactNode, useId } from "react"

/** A part of what was found, with its name. */
export function FoundPart({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-4 border-t border-line pt-6">
      <h2 className="flex items-center gap-1 text-base font-semibold">
        <span id={id}>{title}</span> {about}
      </h2>
      {children}
    </section>
  )
}
