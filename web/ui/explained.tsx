import { Popover as Radix } from "radix-ui"
import type { ReactNode } from "react"

type ExplainedProps = { children: ReactNode } & (
  | { term: string; name?: string }
  /** The explanation's name for those who do not see the picture that opens it. */
  | { term: ReactNode; name: string }
)

/** A term with a dotted underline; pressing it opens its explanation in two sentences. */
export function Explained({ term, name, children }: ExplainedProps) {
  return (
    <Radix.Root>
      <Radix.Trigger className="inline-flex min-h-6 min-w-6 cursor-help items-center rounded-sm text-left underline decoration-dotted decoration-1 underline-offset-4 hover:text-ink-strong">
        {term}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={name ?? (term as string)}
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-[min(20rem,90vw)] animate-appear rounded-md border border-line bg-surface-1 p-3 text-sm text-ink shadow-floating"
        >
          {children}
          <Radix.Arrow className="fill-(--line)" />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
