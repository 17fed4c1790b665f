import { Link } from "@tanstack/react-router"
import { buttonClass } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { PageHeader } from "../ui/page-header.tsx"

/** For an address that names nothing. */
export function UnknownAddress() {
  return (
    <>
      <PageHeader title="Nothing at this address" />
      <EmptyState
        title="The link may be old or mistyped"
        action={
          <Link to="/" className={buttonClass("primary")}>
            Go home
          </Link>
        }
      >
        Nothing of yours is lost. Every screen is in the list of screens.
      </EmptyState>
    </>
  )
}
