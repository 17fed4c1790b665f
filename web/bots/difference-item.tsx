import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { plainText } from "#engine/candles"
import { answerDifference, type Difference, type DifferenceAction } from "../relay-client/differences.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { formatDateTime } from "../ui/date-format.ts"
import { Dialog } from "../ui/dialog.tsx"
import { Notice } from "../ui/notice.tsx"
import { formatMoney, formatQuantity } from "../ui/number-format.ts"
import type { Bot } from "./bot.ts"

type DifferenceProps = { difference: Difference; bot: Bot | undefined; onAnswer: (words: string) => void }

/** One market where coins are missing: the question, and what each answer does. */
export function DifferenceItem({ difference, bot, onAnswer }: DifferenceProps) {
  const { timeZone } = usePreferences()
  const { problem, isDoing, doing } = useDoing()
  const [isBuying, setBuying] = useState(false)
  const { id, market, isIgnored, sinceMs, actions } = difference
  const give = async (action: DifferenceAction) => {
    onAnswer(await answerDifference(id, action))
    setBuying(false)
  }
  const { there, missing } = amountsOf(difference)
  return (
    <li className="flex flex-col gap-4 border-t border-line py-4">
      <div className="flex flex-col gap-1">
        <h2 className="text-base font-semibold wrap-anywhere text-ink-strong">{questionOf(difference)}</h2>
        <p className="text-sm text-ink-soft">
          {`${plainText(market, 40)} · noticed ${formatDateTime(sinceMs, timeZone)}`}
          {bot && " · "}
          {bot && (
            <Link
              to="/bots/$botId"
              params={{ botId: bot.id }}
              className="inline-flex min-h-6 items-center underline underline-offset-4 hover:text-ink-strong"
            >
              <bdi>{plainText(bot.name, 80)}</bdi>
            </Link>
          )}
        </p>
        <p className="max-w-[72ch] text-ink">
          {isIgnored
            ? `You said that you know. The bot keeps counting them, buys nothing here, and sells only the ${there} that are there.`
            : `Until you answer, the bot buys nothing here, and protects and sells only the ${there} that are there. If the coins come back, this settles itself.`}
        </p>
      </div>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-3">
        <Choice
          name="Yes, they were sold"
          words={`The bot goes on with ${there}. The missing ${missing} count as sold, at the price of your sale where the exchange shows it, else at the last price.`}
          isDoing={isDoing}
          onChoose={doing(() => give("adopt"))}
        />
        {actions.includes("ignore") && (
          <Choice
            name="I put them back"
            words={`The bot keeps counting ${missing} and does not ask about them again. It buys nothing here until they are back.`}
            isDoing={isDoing}
            onChoose={doing(() => give("ignore"))}
          />
        )}
        <Choice
          name="Buy them back…"
          words={`Buys ${missing} at the market, at most half a percent above the price, within the account's limits. Then the stop covers all again.`}
          isDoing={isDoing}
          onChoose={() => setBuying(true)}
        />
      </div>
      {problem !== undefined && !isBuying && <Notice kind="error">{problem}</Notice>}
      {isBuying && (
        <Dialog title={`Buy back ${missing}?`} open onOpenChange={(open) => !open && setBuying(false)}>
          <div className="flex flex-col gap-4">
            <p>{`About ${worthOf(difference, bot)} of the account's money is spent now, at the price that is there; it cannot be taken back. The bot's results go on as if nothing had been sold.`}</p>
            {problem !== undefined && <Notice kind="error">{problem}</Notice>}
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={() => setBuying(false)}>Leave it as it is</Button>
              <Button look="danger" disabled={isDoing} onClick={doing(() => give("buyBack"))}>
                Buy them back
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </li>
  )
}

type ChoiceProps = { name: string; words: string; isDoing: boolean; onChoose: () => void }

function Choice({ name, words, isDoing, onChoose }: ChoiceProps) {
  return (
    <div className="flex flex-col items-start gap-2">
      <Button disabled={isDoing} onClick={onChoose}>
        {name}
      </Button>
      <p className="max-w-[40ch] text-sm text-ink-soft">{words}</p>
    </div>
  )
}

function amountsOf({ market, botQuantity, exchangeQuantity, differenceQuantity }: Difference) {
  const amount = (text: string) => `${formatQuantity(Number(text))} ${plainText(market.split("/")[0], 20)}`
  return { held: amount(botQuantity), there: amount(exchangeQuantity), missing: amount(differenceQuantity) }
}

function questionOf(difference: Difference): string {
  const { held, there, missing } = amountsOf(difference)
  return `The exchange says ${there}, the bot says ${held}: did you sell ${missing} by hand?`
}

function worthOf({ market, differenceQuantity }: Difference, bot: Bot | undefined): string {
  const price = bot?.positions.find((position) => position.market === market)?.price
  const quote = market.split("/")[1]
  return price === undefined ? plainText(quote, 20) : formatMoney(Number(price) * Number(differenceQuantity), quote)
}
