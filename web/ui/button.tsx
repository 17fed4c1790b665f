import type { ButtonHTMLAttributes, ReactNode, Ref } from "react"
import { classNames } from "./class-names.ts"

export type ButtonLook = "primary" | "quiet" | "plain" | "danger"

const looks: Record<ButtonLook, string> = {
  primary: "bg-accent-fill text-on-accent font-semibold hover:bg-accent-fill-hover",
  quiet: "border border-control-line text-ink-strong hover:bg-surface-2",
  plain: "text-ink-soft hover:bg-surface-2 hover:text-ink-strong",
  danger: "border border-loss text-loss hover:bg-surface-2",
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: ButtonLook
  icon?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/** A button named by a verb. One `primary` on a screen at most. */
export function Button({ look = "quiet", icon, children, className, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} className={buttonClass(look, className)} {...rest}>
      {icon}
      {children}
    </button>
  )
}

/** The same look for a link that leads somewhere. */
export function buttonClass(look: ButtonLook, className?: string): string {
  return classNames(
    "inline-flex min-h-10 items-center justify-center gap-2 rounded-md px-4 py-2 text-sm font-medium whitespace-nowrap transition-colors md:min-h-8 md:px-3 md:py-1",
    "disabled:cursor-not-allowed disabled:opacity-50",
    looks[look],
    className,
  )
}

/** A square button with a picture only; `label` is what it does. */
export function IconButton({
  label,
  children,
  className,
  ...rest
}: Omit<ButtonProps, "look" | "icon"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(
        "inline-flex size-10 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-surface-2 hover:text-ink-strong md:size-8",
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  )
}
