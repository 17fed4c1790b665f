import { CircleAlert, Info, TriangleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

export type NoticeKind = "info" | "warn" | "error"

const kinds = {
  info: { Icon: Info, ink: "text-info", word: "Note" },
  warn: { Icon: TriangleAlert, ink: "text-warn", word: "Careful" },
  error: { Icon: CircleAlert, ink: "text-loss", word: "Problem" },
}

type NoticeProps = {
  kind: NoticeKind
  children: ReactNode
  action?: ReactNode
  /** On a phone small, with its action beside it. */
  isTight?: boolean
}

/** One thing to know: what happened, what is safe, what to do. */
export function Notice({ kind, children, action, isTight = false }: NoticeProps) {
  const { Icon, ink, word } = kinds[kind]
  return (
    <div
      role={kind === "error" ? "alert" : "status"}
      className={classNames("flex items-start gap-3 border-l-2 border-current py-1 pl-3", ink)}
    >
      <Icon aria-label={word} className="mt-1 size-4 shrink-0 md:mt-0.5" />
      <div
        className={classNames(
          "flex min-w-0 grow flex-col items-start gap-2",
          isTight && "max-lg:flex-row max-lg:justify-between max-lg:text-sm max-lg:leading-tight!",
        )}
      >
        <div className="max-w-[72ch] wrap-anywhere text-ink">{children}</div>
        {action}
      </div>
    </div>
  )
}
