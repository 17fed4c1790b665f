import { classNames } from "../ui/class-names.ts"

type LinesProps = { title: string; lines: readonly string[]; isWarning?: boolean }

/** A short list under its title; nothing where there is nothing to list. */
export function Lines({ title, lines, isWarning = false }: LinesProps) {
  if (lines.length === 0) return null
  return (
    <section className="flex flex-col gap-1">
      <h4 className={classNames("text-sm font-medium", isWarning ? "text-warn" : "text-ink-soft")}>{title}</h4>
      <ul className="flex max-w-[64ch] list-disc flex-col gap-1 pl-5 text-ink marker:text-ink-faint">
        {lines.map((line) => (
          <li key={line} dir="auto" className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </section>
  )
}
