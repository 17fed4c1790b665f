import { createFileRoute } from "@tanstack/react-router"
import { MarketPage } from "../market/index.ts"

export const Route = createFileRoute("/data/$marketId")({ component: Market })

function Market() {
  return <MarketPage marketId={Route.useParams().marketId} />
}
