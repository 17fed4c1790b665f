import type { ErrorComponentProps } from "@tanstack/react-router"
import { Button } from "../ui/button.tsx"
import { PageHeader } from "../ui/page-header.tsx"

/** Replaces a broken screen: what happened, what is safe, what to do. */
export function Failure({ error, reset }: ErrorComponentProps) {
  return (
    <div role="alert" className="flex max-w-[72ch] flex-col items-start gap-4 p-4">
      <PageHeader title="This screen stopped">
        Something in Candlewright broke, not something you did. Your candles and settings are safe in this browser.
      </PageHeader>
      <p>Try again. If it stops again, reload the page; if that does not help, tell us the line below.</p>
      <pre className="max-w-full overflow-x-auto border-l-2 border-line py-1 pl-3 font-mono text-sm whitespace-pre-wrap text-ink-soft">
        {error instanceof Error ? error.message : String(error)}
      </pre>
      <div className="flex gap-2">
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
        <Button onClick={() => location.reload()}>Reload the page</Button>
      </div>
    </div>
  )
}
