import { Tooltip as Radix } from "radix-ui"
import type { ReactElement } from "react"

/** A few words shown while the pointer rests on a control or focus stands on it. */
export function Tooltip({ words, children }: { words: string; children: ReactElement }) {
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content sideOffset={6} className="z-50 rounded-sm bg-ink-strong px-2 py-1 text-xs text-surface-0">
            {words}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}
