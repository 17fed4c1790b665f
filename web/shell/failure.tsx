import type { ErrorComponentProps } from "@tanstack/react-router"
import { Button } from "../ui/button.tsx"
import { PageHeader } from "../ui/page-header.tsx"

/** Replaces a broken screen: what happened, what is safe, what to do. */
export function Failure({ error, reset }: ErrorComponentProps) {
  if (isMissingPart(error)) return <MissingPart />
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

/** What browsers, and our own loader, say of a script or a style sheet that did not come. */
function isMissingPart(error: unknown): boolean {
  const said = error instanceof Error ? error.message : ""
  return /dynamically imported module|importing a module script failed|unable to preload/i.test(said)
}

/** It stays away until the page is loaded again: to try it in place would meet the same failure. */
function MissingPart() {
  return (
    <div role="alert" className="flex max-w-[72ch] flex-col items-start gap-4 p-4">
      <PageHeader title="This part is not in this browser yet">
        It could not be fetched: the network is away, or Candlewright was renewed while this page was open. Your
        candles, strategies and settings are safe in this browser.
      </PageHeader>
      <p>Reload the page; without a network, when it is back. All other screens go on meanwhile.</p>
      <Button look="primary" onClick={() => location.reload()}>
        Reload the page
      </Button>
    </div>
  )
}
