import { DropdownMenu } from "radix-ui"
import type { ReactNode } from "react"

export type MenuItem = { label: string; icon: ReactNode; onSelect: () => void }

/** Things to do behind one button. Arrows walk, Enter does, Esc leaves. */
export function Menu({ items, children }: { items: MenuItem[]; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 rounded-md border border-line bg-surface-1 p-1 shadow-floating"
        >
          {items.map(({ label, icon, onSelect }) => (
            <DropdownMenu.Item
              key={label}
              onSelect={onSelect}
              className="flex min-h-10 cursor-pointer items-center gap-3 rounded-sm px-3 text-sm text-ink outline-none data-highlighted:bg-surface-2 data-highlighted:text-ink-strong md:min-h-8"
            >
              {icon}
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
