import { Skeleton } from "../ui/skeleton.tsx"

/** The room of a screen whose code is on its way. */
export function Coming() {
  return (
    <div aria-busy aria-label="This screen is coming" role="status" className="flex flex-col gap-6">
      <Skeleton className="h-8 w-full max-w-120" />
      <Skeleton className="h-100 w-full" />
    </div>
  )
}
