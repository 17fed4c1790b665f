import { Tabs as Radix } from "radix-ui"
import type { ReactNode } from "react"

export type Tab = { value: string; label: string; content: ReactNode }

type TabsProps = {
  label: string
  tabs: Tab[]
  /** Where somebody else must know which one is open. */
  value?: string
  onChange?: (value: string) => void
}

/** Several views of one thing; arrows move along the row of names. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  return (
    <Radix.Root defaultValue={tabs[0].value} value={value} onValueChange={onChange}>
      <Radix.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px border-b-2 border-transparent py-2 focus-visible:-outline-offset-2 whitespace-nowrap text-ink-soft hover:text-ink-strong data-[state=active]:border-accent data-[state=active]:text-ink-strong"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
