import { plainText } from "#engine/candles"
import { useDoing } from "../relay-client/use-doing.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Notice } from "../ui/notice.tsx"
import { formatMoney, formatQuantity } from "../ui/number-format.ts"
import { type Bot, type BotCommand, commandBot, quoteOf } from "./bot.ts"

type SellDialogProps = {
  bot: Bot
  command: Extract<BotCommand, "close" | "stop">
  name: string
  onClose: () => void
}

/** States what is sold, before it is: a sale cannot be taken back. */
export function SellDialog({ bot, command, name, onClose }: SellDialogProps) {
  const { problem, isDoing, doing } = useDoing()
  const sell = async () => {
    await commandBot(bot.id, command)
    onClose()
  }
  return (
    <Dialog title={`${name}?`} open onOpenChange={(open) => !open && onClose()}>
      <div className="flex flex-col gap-4">
        <WhatIsSold bot={bot} />
        <p>
          {command === "stop"
            ? "Then the bot ends for good. To trade again, deploy its strategy once more."
            : "Then it opens nothing new until you resume it."}
        </p>
        {problem !== undefined && <Notice kind="error">{problem}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button look="danger" disabled={isDoing} onClick={doing(sell)}>
            {name}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

function WhatIsSold({ bot }: { bot: Bot }) {
  if (bot.positions.length === 0)
    return <p>It owns nothing now, so nothing is sold. An order that is under way is cancelled.</p>
  const quote = quoteOf(bot)
  return (
    <>
      <p>This is sold at the market now, at the price that is there; it cannot be taken back:</p>
      <ul className="list-disc pl-5">
        {bot.positions.map(({ market, quantity, price }) => (
          <li key={market}>
            {`${formatQuantity(Number(quantity))} ${plainText(market.split("/")[0], 20)}, worth about ${formatMoney(Number(quantity) * Number(price), quote)}`}
          </li>
        ))}
      </ul>
    </>
  )
}
