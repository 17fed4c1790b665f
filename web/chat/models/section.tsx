import type { ReactNode } from "react"

type SectionProps = { title: string; about?: ReactNode; children: ReactNode }

/** A part of the screen under its title. */
export function Section({ title, about, children }: SectionProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-4 border-t border-line pt-6">
      <div className="flex flex-col gap-1">
        <h2 className="text-base font-semibold">{title}</h2>
        {about && <p className="max-w-[64ch] text-ink-soft">{about}</p>}
      </div>
      {children}
    </section>
  )
}
