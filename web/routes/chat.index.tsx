import { createFileRoute } from "@tanstack/react-router"
import { ChatScreen, type ChatSearch } from "../chat/chat-screen.tsx"

export const Route = createFileRoute("/chat/")({
  // Read again by the screen: what a person typed into the address must not break the way to it.
  validateSearch: (search: Record<string, unknown>) => search as ChatSearch,
  component: Chat,
})

function Chat() {
  const navigate = Route.useNavigate()
  return (
    <ChatScreen
      search={Route.useSearch()}
      onChange={(search, { replace }) => void navigate({ search, replace, resetScroll: false })}
    />
  )
}
