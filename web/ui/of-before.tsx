import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

type OfBeforeProps = { isStale: boolean; tour?: string; className?: string; children: ReactNode }

/** Answers of the run before, dashed round while `isStale`: as legible as fresh ones, for they may stay long. */
export function OfBefore({ isStale, tour, className, children }: OfBeforeProps) {
  return (
    <div
      aria-busy={isStale}
      data-tour={tour}
      className={classNames(
        "rounded-sm outline-offset-4 transition-[outline-color] delay-200",
        isStale ? "outline outline-control-line outline-dashed" : "outline-transparent",
        className,
      )}
    >
      {children}
    </div>
  )
}
