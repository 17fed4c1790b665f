import type { ReactNode } from "react"
import type { Watched } from "../relay-client/use-watched.ts"
import { Notice } from "../ui/notice.tsx"
import { Waiting } from "./paired-only.tsx"

type WatchedOnlyProps<Value> = { watched: Watched<Value>; children: (value: Value) => ReactNode }

/** What the relay said last, its place while it is on its way, or why there is nothing; and whether it is from before. */
export function WatchedOnly<Value>({ watched, children }: WatchedOnlyProps<Value>) {
  if (watched.state === "loading") return <Waiting />
  if (watched.state === "failed") return <Notice kind="warn">{watched.because}</Notice>
  return (
    <>
      {watched.awayBecause !== undefined && (
        <Notice kind="warn">
          {watched.awayBecause} What you see is from before. Stops that are at an exchange stay there.
        </Notice>
      )}
      {children(watched.value)}
    </>
  )
}
