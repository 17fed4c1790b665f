import { Popover as Radix } from "radix-ui"
import type { ReactNode } from "react"

/** A term with a dotted underline; pressing it opens its explanation in two sentences. */
export function Explained({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger className="cursor-help rounded-sm text-left underline decoration-dotted decoration-1 underline-offset-4 hover:text-ink-strong">
        {term}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
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
