import { Link } from "@tanstack/react-router"
import { Circle, CircleCheck } from "lucide-react"
import { plainText } from "#engine/candles"
import type { Account } from "../accounts/index.ts"
import { AmountField } from "../ui/amount-field.tsx"
import { Button, buttonClass } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { formatMoney } from "../ui/number-format.ts"
import { Notice } from "../ui/notice.tsx"
import { Progress } from "../ui/progress.tsx"
import { TextField } from "../ui/text-field.tsx"
import type { GateLine } from "./gate.ts"
import type { GateState } from "./use-gate.ts"

/** What a person types before real money moves, as typed. */
export type TypedConfirmation = { atRisk: string; withoutPaper: string }

type GoLiveGateProps = {
  gate: GateState
  account: Account
  cash: string
  quote: string
  typed: TypedConfirmation
  problem: string | undefined
  onTyped: (typed: TypedConfirmation) => void
  onPaper: () => void
}

/** What must be so before real money moves: each line with what to do, and what is typed by hand. */
export function GoLiveGate({ gate, account, cash, quote, typed, problem, onTyped, onPaper }: GoLiveGateProps) {
  const { lines, isAsking, because } = gate
  const override = lines.find((line) => line.override !== null)?.override
  const [accountId, isReal] = [account.id, !account.isStandIn]
  return (
    <section
      aria-label={isReal ? "Before real money" : "Before it starts at the stand-in"}
      className={classNames("flex flex-col gap-4 border-2 p-4", isReal ? "border-mode-live" : "border-line")}
    >
      <h2 className={classNames("text-base font-semibold", isReal ? "text-mode-live" : "text-ink-strong")}>
        {isReal ? "Before real money moves" : "Before it starts at the stand-in, where nothing is real"}
      </h2>
      {isAsking && lines.length === 0 && <Progress label="Asking the exchange" done={0} total={0} />}
      {because !== undefined && <Notice kind="warn">{because}</Notice>}
      <ul aria-label="What must be so" aria-busy={isAsking} className="flex flex-col gap-3 empty:hidden">
        {lines.map((line) => (
          <Line key={line.line} {...{ line, accountId, onPaper }} />
        ))}
      </ul>
      <AmountField
        label={`Amount at risk, typed by hand: ${formatMoney(Number(cash) || 0, quote)}`}
        value={typed.atRisk}
        problem={problem}
        onChange={(atRisk) => onTyped({ ...typed, atRisk })}
      />
      {override && (
        <TextField
          label={`To go without paper, type: ${plainText(override.phrase, 40)}`}
          autoComplete="off"
          value={typed.withoutPaper}
          onChange={(withoutPaper) => onTyped({ ...typed, withoutPaper })}
        />
      )}
    </section>
  )
}

function Line({ line: { line, isMet, words, todo, field }, accountId, onPaper }: LineProps) {
  const Mark = isMet ? CircleCheck : Circle
  return (
    <li className="flex items-start gap-2">
      <Mark
        aria-label={isMet ? "Done" : "Still wanted"}
        className={`mt-0.5 size-4 shrink-0 ${isMet ? "text-gain" : "text-warn"}`}
      />
      <div className="flex min-w-0 flex-col items-start gap-1">
        <p className="max-w-[72ch] wrap-anywhere">{plainText(words, 500)}</p>
        {todo !== null && <p className="max-w-[72ch] text-sm wrap-anywhere text-ink-soft">{plainText(todo, 500)}</p>}
        {!isMet && line === "paper" && <Button onClick={onPaper}>Run it on paper</Button>}
        {!isMet && field === "accountId" && (
          <Link to="/accounts/$accountId" params={{ accountId }} className={buttonClass("quiet")}>
            Open the account
          </Link>
        )}
      </div>
    </li>
  )
}

type LineProps = { line: GateLine; accountId: string; onPaper: () => void }
