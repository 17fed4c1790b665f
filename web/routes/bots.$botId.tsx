import { createFileRoute } from "@tanstack/react-router"
import { BotPage } from "../bots/bot-page.tsx"

export const Route = createFileRoute("/bots/$botId")({ component: Bot })

function Bot() {
  const { botId } = Route.useParams()
  return <BotPage key={botId} botId={botId} />
}
