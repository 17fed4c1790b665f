import { useNavigate } from "@tanstack/react-router"
import { Play } from "lucide-react"
import { type FormEvent, useState } from "react"
import type { WrittenStrategy } from "#engine/strategy"
import { type Account, addPracticeAccount } from "../accounts/index.ts"
import { RelayRefusal } from "../relay-client/relay.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { AmountField } from "../ui/amount-field.tsx"
import { typedNumber } from "../ui/typed-number.ts"
import { AccountChoice } from "./account-choice.tsx"
import { deployBot } from "./bot.ts"
import { GoLiveGate, type TypedConfirmation } from "./go-live-gate.tsx"
import { MarketChoice } from "./market-choice.tsx"
import { usualMarkets, wholeDocument } from "./strategy-to-run.ts"
import { useGate } from "./use-gate.ts"
import { WhatHappensNext } from "./what-happens-next.tsx"

type DeployFormProps = { strategy: WrittenStrategy; accounts: Account[]; wantedId: string | undefined }

/** Chosen where there is no account yet: one with made-up money is made by the same press. */
const NEW_PRACTICE = "new"

/** The choices of a deployment; a refusal of the relay is shown at its place. */
export function DeployForm({ strategy, accounts, wantedId }: DeployFormProps) {
  const navigate = useNavigate()
  const [accountId, setAccountId] = useState(usualAccount(accounts, wantedId))
  const [markets, setMarkets] = useState(() => usualMarkets(strategy))
  const [typedCash, setTypedCash] = useState("100")
  const [typed, setTyped] = useState<TypedConfirmation>({ atRisk: "", withoutPaper: "" })
  const cash = plainAmount(typedCash)
  const [refusal, setRefusal] = useState<Said>()
  const [isStarting, setStarting] = useState(false)
  const account = accounts.find(({ id }) => id === accountId)
  const isLive = account?.mode === "live"
  const problem = (place: Place) => (refusal?.place === place ? refusal.because : undefined)
  const wanted = { strategy: wholeDocument(strategy), markets, cash, confirm: isLive ? confirmOf(typed) : undefined }
  const isAskable = isLive && cash !== "" && markets.length > 0
  const gate = useGate(isAskable ? { ...wanted, accountId } : undefined)
  const start = async () => {
    const { id } = account ?? (await addPracticeAccount())
    return deployBot({ ...wanted, accountId: id })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setRefusal(undefined)
    setStarting(true)
    try {
      const { id } = await start()
      await navigate({ to: "/bots/$botId", params: { botId: id } })
    } catch (error) {
      setRefusal(saidOf(error))
      setStarting(false)
    }
  }
  const [, quote = ""] = (markets[0] ?? "").split("/")
  return (
    <form
      className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]"
      onSubmit={(event) => void submit(event)}
    >
      <div className="flex flex-col gap-5">
        <AccountChoice
          {...{ accounts, accountId, problem: problem("accountId") }}
          newId={NEW_PRACTICE}
          onChange={setAccountId}
        />
        <MarketChoice
          venue={account?.venue ?? "practice"}
          markets={markets}
          problem={problem("markets")}
          onChange={setMarkets}
        />
        <AmountField
          label={quote === "" ? "Money" : `Money, in ${quote}`}
          value={typedCash}
          problem={problem("cash")}
          onChange={setTypedCash}
        />
      </div>
      <div className="flex flex-col gap-5">
        <WhatHappensNext strategy={strategy} markets={markets} cash={cash} />
        {isLive && (
          <GoLiveGate
            {...{ gate, account, cash, quote, typed }}
            problem={problem("confirm")}
            onTyped={setTyped}
            onPaper={() => setAccountId(usualAccount(accounts, undefined))}
          />
        )}
        {refusal?.place === "strategy" && <Notice kind="error">{refusal.because}</Notice>}
        {refusal?.place === "other" && <Notice kind="error">{refusal.because}</Notice>}
        <Button
          type="submit"
          look={isLive && !account.isStandIn ? "danger" : "primary"}
          className="self-start"
          icon={<Play aria-hidden className="size-4" />}
          disabled={isStarting || markets.length === 0 || (typedCash.trim() !== "" && cash === "")}
        >
          {isStarting ? "Starting…" : startWords(account)}
        </Button>
      </div>
    </form>
  )
}

/** What was typed before real money moves, where it was. */
function confirmOf({ atRisk, withoutPaper }: TypedConfirmation) {
  return { amountAtRisk: plainAmount(atRisk) || undefined, withoutPaper: withoutPaper.trim() || undefined }
}

/** The amount as the relay takes it; empty where it cannot be read, which its field then says. */
function plainAmount(text: string): string {
  const typed = typedNumber(text)
  return typed.ok ? typed.decimal : ""
}

function usualAccount(accounts: readonly Account[], wantedId: string | undefined): string {
  const wanted = accounts.find(({ id }) => id === wantedId) ?? accounts.find(({ venue }) => venue === "practice")
  return wanted?.id ?? NEW_PRACTICE
}

function startWords(account: Account | undefined): string {
  if (account === undefined || account.mode === "paper") return "Start it on paper"
  if (account.isStandIn) return "Start it at the stand-in"
  return account.mode === "testnet" ? "Start it on the test network" : "Start it with real money"
}

const places = ["accountId", "markets", "cash", "confirm", "strategy", "other"] as const
type Place = (typeof places)[number]
type Said = { place: Place; because: string }

const STILL_WANTED =
  "Nothing was started: what is marked above is still wanted before it may. Each line says what to do."

/** Where on the form a refusal belongs. */
function saidOf(error: unknown): Said {
  const because = (error as Error).message
  if (error instanceof RelayRefusal && error.code === "not-ready") return { place: "other", because: STILL_WANTED }
  const field = error instanceof RelayRefusal ? (error.field ?? "") : ""
  return { place: places.find((place) => field.split(".")[0] === place) ?? "other", because }
}
