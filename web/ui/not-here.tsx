import { EmptyState } from "./empty-state.tsx"
import { PageHeader } from "./page-header.tsx"

type NotHereProps = {
  /** What the address names: "run", "strategy". */
  noun: string
  /** The way to those that are here. */
  action: React.ReactNode
  children: string
}

/** The page of something that this browser does not have. */
export function NotHere({ noun, action, children }: NotHereProps) {
  return (
    <>
      <PageHeader title={`No such ${noun}`} />
      <EmptyState title="It is not in this browser" action={action}>
        {children}
      </EmptyState>
    </>
  )
}
