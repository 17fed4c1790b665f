import { useDoing } from "../relay-client/use-doing.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Notice } from "../ui/notice.tsx"
import { addPracticeAccount } from "./account.ts"

/** What an account is, and a first one by one press. */
export function NoAccounts() {
  const { problem, isDoing, doing } = useDoing()
  const make = async () => void (await addPracticeAccount())
  return (
    <EmptyState
      title="No accounts yet"
      action={
        <div className="flex flex-col gap-3">
          <Button look="primary" className="self-start" disabled={isDoing} onClick={doing(make)}>
            Make a practice account
          </Button>
          {problem !== undefined && <Notice kind="error">{problem}</Notice>}
        </div>
      }
    >
      Begin with made-up money: a practice account has 10,000 USDT at the Practice exchange on this computer and needs
      no key. An account of your own at an exchange comes when you trust what you have seen.
    </EmptyState>
  )
}
