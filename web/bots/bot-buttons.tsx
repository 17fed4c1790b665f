import { useNavigate } from "@tanstack/react-router"
import { Pause, Play } from "lucide-react"
import { useState } from "react"
import { useDoing } from "../relay-client/use-doing.ts"
import { Button, type ButtonLook } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { type Bot, type BotCommand, commandBot, removeBot } from "./bot.ts"
import { SellDialog } from "./sell-dialog.tsx"

/** What can be done about a bot, each with what it does. What sells asks first; the rest is taken back by a press. */
export function BotButtons({ bot }: { bot: Bot }) {
  if (bot.status === "stopped") return <Ended bot={bot} />
  return (
    <section aria-label="What you can do" className="grid gap-x-8 gap-y-4 border-y border-line py-4 md:grid-cols-3">
      <EntriesAct bot={bot} />
      <SellAct
        bot={bot}
        command="close"
        name="Sell all and pause"
        look="quiet"
        words="Sells what it owns at the market and opens nothing new. You can resume it later."
      />
      <SellAct
        bot={bot}
        command="stop"
        name="Sell all and end"
        look="danger"
        words="Sells what it owns at the market and ends for good. Its history stays."
      />
    </section>
  )
}

/** Entries are paused, or go on: each takes the other back. */
function EntriesAct({ bot }: { bot: Bot }) {
  const { problem, isDoing, doing } = useDoing()
  const isOn = bot.status === "running" || bot.status === "starting"
  const Icon = isOn ? Pause : Play
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        icon={<Icon aria-hidden className="size-4" />}
        disabled={isDoing}
        onClick={doing(() => commandBot(bot.id, isOn ? "pause" : "resume"))}
      >
        {isOn ? "Pause entries" : "Resume"}
      </Button>
      <p className="max-w-[40ch] text-sm text-ink-soft">
        {isOn
          ? "Buys nothing new. What it owns stays, its stop stays, and it still sells by its rules."
          : "Buys again when its rules say so, from the next closed candle on."}
      </p>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </div>
  )
}

type SellActProps = {
  bot: Bot
  command: Extract<BotCommand, "close" | "stop">
  name: string
  look: ButtonLook
  words: string
}

function SellAct({ bot, command, name, look, words }: SellActProps) {
  const [isAsking, setAsking] = useState(false)
  return (
    <div className="flex flex-col items-start gap-2">
      <Button look={look} onClick={() => setAsking(true)}>
        {name}
      </Button>
      <p className="max-w-[40ch] text-sm text-ink-soft">{words}</p>
      {isAsking && <SellDialog bot={bot} command={command} name={name} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Ended({ bot }: { bot: Bot }) {
  const navigate = useNavigate()
  const { problem, isDoing, doing } = useDoing()
  const remove = async () => {
    await removeBot(bot.id)
    await navigate({ to: "/bots" })
  }
  return (
    <section aria-label="What you can do" className="flex flex-col items-start gap-2 border-y border-line py-4">
      <Button disabled={isDoing} onClick={doing(remove)}>
        Remove it from the list
      </Button>
      <p className="text-sm text-ink-soft">It has ended and owns nothing. Its trades stay in its account's past.</p>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </section>
  )
}
