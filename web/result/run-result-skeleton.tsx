import { Skeleton } from "../ui/skeleton.tsx"

/** The shape of a result before there is one. */
export function RunResultSkeleton() {
  return (
    <div className="flex flex-col gap-6" aria-hidden>
      <Skeleton className="h-140 w-full md:h-[calc(clamp(20rem,50dvh,38rem)+11rem)]" />
      <TradeListSkeleton />
    </div>
  )
}

/** The room of the list of trades. */
export function TradeListSkeleton() {
  return <Skeleton className="h-62 w-full" />
}
