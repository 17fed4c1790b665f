import { useCallback, useState } from "react"
import { plainText } from "#engine/candles"
import type { CopiedKey } from "#venues"
import { useWatched } from "../relay-client/use-watched.ts"
import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { formatDate, formatDateTime } from "../ui/date-format.ts"
import { Dialog } from "../ui/dialog.tsx"
import { Notice } from "../ui/notice.tsx"
import { type Account, askKeyUses, changeKey } from "./account.ts"
import { KeyFields } from "./key-fields.tsx"
import { KeyHelp } from "./key-help.tsx"
import { useKeyForm } from "./use-key-form.ts"
import { WatchedOnly } from "./watched-only.tsx"

/** An account's key: what tells it from others, changing it, and what it was used for. Nothing for made-up money. */
export function KeyCard({ account }: { account: Account }) {
  const { timeZone } = usePreferences()
  const [isChanging, setChanging] = useState(false)
  if (account.key === null || account.venue === "practice") return null
  const { last4, fingerprint, sinceMs } = account.key
  return (
    <section aria-label="Its key" className="flex flex-col items-start gap-3 border-t border-line pt-4">
      <h2 className="text-base font-semibold">Its key</h2>
      <p className="max-w-[72ch] text-ink-soft">
        {`It ends in ${plainText(last4, 8)}, has the fingerprint ${plainText(fingerprint, 80)} and is kept since ${formatDate(sinceMs, timeZone)}. `}
        Nobody can read it any more, you neither. Change it when somebody may have seen it, or once a year.
      </p>
      {account.mode === "live" && (
        <p className="max-w-[72ch] text-ink-soft">
          It can trade, and cannot move money out: the exchange said so when it was put in.
        </p>
      )}
      <Button onClick={() => setChanging(true)}>Change the key</Button>
      <KeyUses accountId={account.id} />
      {isChanging && <KeyChange account={account} onClose={() => setChanging(false)} />}
    </section>
  )
}

function KeyChange({ account: { id, venue, mode }, onClose }: { account: Account; onClose: () => void }) {
  const own = venue === "practice" ? undefined : venue
  const { key, setKey, problem, refusal, isAsking, send } = useKeyForm(own)
  const change = async (whole: CopiedKey) => {
    await changeKey(id, whole)
    onClose()
  }
  if (venue === "practice" || mode === "paper") return null
  const hasPlace = ["apiKey", "secret"].includes(refusal?.field ?? "")
  return (
    <Dialog title="Change the key" open onOpenChange={(open) => !open && onClose()}>
      <form className="flex flex-col gap-5" onSubmit={(event) => void send(event, change)}>
        <p className="text-ink-soft">
          The key of now goes on until the exchange has approved the new one. Bots on this account go on with the new
          one.
        </p>
        <KeyFields venue={venue} kind={mode} value={key} problem={problem} onChange={setKey} />
        {refusal && !hasPlace && <Notice kind="error">{refusal.because}</Notice>}
        <KeyHelp venue={venue} said={refusal} />
        <Button type="submit" look="primary" className="self-end" disabled={isAsking}>
          {isAsking ? "Asking the exchange…" : "Check the key and keep it"}
        </Button>
      </form>
    </Dialog>
  )
}

function KeyUses({ accountId }: { accountId: string }) {
  const { timeZone } = usePreferences()
  const watched = useWatched(useCallback(() => askKeyUses(accountId), [accountId]))
  return (
    <details className="w-full">
      <summary className="cursor-pointer text-sm font-medium text-ink-strong">What it was used for</summary>
      <WatchedOnly watched={watched}>
        {(uses) => (
          <ul className="mt-2 flex max-h-64 flex-col overflow-y-auto text-sm" tabIndex={0} aria-label="Uses of the key">
            {uses.map(({ id, atMs, what, who }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-4 border-t border-line py-1.5">
                <span className="text-ink">{`${useWords[what]} (${plainText(who, 80)})`}</span>
                <span className="text-ink-soft tabular-nums">{formatDateTime(atMs, timeZone)}</span>
              </li>
            ))}
          </ul>
        )}
      </WatchedOnly>
    </details>
  )
}

type Use = Awaited<ReturnType<typeof askKeyUses>>[number]["what"]

const useWords: Record<Use, string> = {
  added: "Put in",
  changed: "Changed",
  refused: "A new one was refused",
  opened: "Opened to trade",
  tampered: "Somebody changed the sealed key",
}
