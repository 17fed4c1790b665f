import type { ReactNode } from "react"
import { CopyField } from "../ui/copy-field.tsx"

/** A secret that is shown now and never again. */
export function OnceShown({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div className="w-full max-w-160 border-l-2 border-accent py-1 pl-3">
      <CopyField label={label} value={value}>
        {children}
      </CopyField>
    </div>
  )
}
