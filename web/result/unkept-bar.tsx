import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { formatDate, type TimeZone } from "../ui/date-format.ts"
import type { UnkeptChanges } from "./use-editing.ts"

/** Whose result a template's name stands over, where a person has changed the template and not kept it. */
export function UnkeptBar({ changes }: { changes: UnkeptChanges }) {
  const { timeZone } = usePreferences()
  return (
    <div
      data-testid="unkept"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 border-y border-line py-2 print:hidden"
    >
      <p className="max-w-[72ch] min-w-0 grow basis-full text-sm text-ink sm:basis-0">
        {unkeptWords(changes, timeZone)}
      </p>
      <Button onClick={changes.turn}>{changes.isShown ? "Back to the template" : "To your changes"}</Button>
    </div>
  )
}

/** When it was changed, whose result is shown, and where the changes are. */
export function unkeptWords({ isShown, changedAtMs }: UnkeptChanges, zone: TimeZone): string {
  const changed = `You changed this template${changedAtMs === undefined ? "" : ` on ${formatDate(changedAtMs, zone)}`}`
  return isShown
    ? `${changed}: what is tested here is yours, in this browser only. “Keep” makes it a strategy of your own.`
    : `${changed}. What is tested here is the template, as this address says; your changes are kept in this browser.`
}
