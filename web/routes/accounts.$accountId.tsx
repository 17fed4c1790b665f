import { createFileRoute } from "@tanstack/react-router"
import { AccountPage } from "../accounts/account-page.tsx"

export const Route = createFileRoute("/accounts/$accountId")({ component: Account })

function Account() {
  const { accountId } = Route.useParams()
  return <AccountPage key={accountId} accountId={accountId} />
}
