import { ListChecks } from "lucide-react"
import { Button } from "../ui/button.tsx"
import { Composer } from "./composer.tsx"
import { Suggestions } from "./suggestions.tsx"

type StartProps = { onSay: (words: string) => void; onWizard: () => void }

/** Nothing said yet: a place to say it, a way without words, and what others begin with. */
export function Start({ onSay, onWizard }: StartProps) {
  return (
    <div className="flex w-full max-w-180 flex-col gap-8 md:pt-[6vh]">
      <div className="flex flex-col gap-2">
        <h1 className="text-xl font-semibold md:text-2xl">What should your bot do?</h1>
        <p className="max-w-[60ch] text-ink-soft">
          Say it as you would to a friend. You get rules you can read, tested at once. Nothing is sent anywhere, and
          nothing trades before you start it yourself.
        </p>
      </div>
      <div className="flex flex-col gap-6">
        <div className="flex flex-col gap-4 max-md:order-2">
          <Composer label="Your idea" sendLabel="Build it" placeholder="Buy the dip on bitcoin, but…" onSay={onSay} />
          <Suggestions label="Ideas to begin with" words={beginnings} onSay={onSay} />
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 max-md:order-1">
          <Button icon={<ListChecks aria-hidden className="size-4" />} onClick={onWizard}>
            Answer four questions instead
          </Button>
          <span className="text-sm text-ink-soft">What to buy, when, how to protect it, how much.</span>
        </div>
      </div>
    </div>
  )
}

const beginnings = [
  "Buy the dip on bitcoin but never lose more than 5 dollars a day",
  "Golden cross on the daily, out when it crosses back",
  "Buy ETH when it breaks above the highest high of 20 days, trailing stop 5 %",
]
