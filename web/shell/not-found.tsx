import { lazy, Suspense } from "react"

const UnknownAddress = lazy(async () => ({ default: (await import("./unknown-address.tsx")).UnknownAddress }))

/** For an address that names nothing; few ever see it, so it is fetched when somebody does. */
export function NotFound() {
  return (
    <Suspense>
      <UnknownAddress />
    </Suspense>
  )
}
