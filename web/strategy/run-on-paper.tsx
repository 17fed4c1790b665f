import { Link } from "@tanstack/react-router"
import { Bot } from "lucide-react"
import { buttonClass } from "../ui/button.tsx"

type RunOnPaperProps = { search: { strategy?: string; params?: string; timeframe?: string } }

/** The way from a strategy to a bot that runs it. */
export function RunOnPaper({ search }: RunOnPaperProps) {
  return (
    <Link to="/bots/deploy" search={search} className={buttonClass("quiet")}>
      <Bot aria-hidden className="size-4" />
      Run it on paper
    </Link>
  )
}
