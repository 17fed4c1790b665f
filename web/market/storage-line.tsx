import { usePersistence } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { formatBytes } from "../ui/number-format.ts"

/** How much is kept, how much there is room for, and whether the browser has promised not to clear it. */
export function StorageLine({ marketCount }: { marketCount: number }) {
  const { state, usedBytes, quotaBytes, ask } = usePersistence()
  return (
    <>
      {state === "best-effort" && marketCount > 0 && (
        <Notice kind="info" action={<Button onClick={() => void ask()}>Keep my data</Button>}>
          When a disk runs full, a browser may clear what sites have stored, these candles too. You can ask it to keep Candlewright's data; it may decide without asking you back.
        </Notice>
      )}
      <p className="min-h-5 text-sm text-ink-soft">
        {usedBytes !== undefined && quotaBytes !== undefined && `${formatBytes(usedBytes)} used of about ${formatBytes(quotaBytes)} this browser allows. `}
        {state === "kept" && "The browser has promised to keep it."}
      </p>
    </>
  )
}
