import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { accountFacts, type CopiedKey, type RealVenueId, venueOf } from "#venues"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Notice } from "../ui/notice.tsx"
import { Select } from "../ui/select.tsx"
import { TextField } from "../ui/text-field.tsx"
import { StandInNote } from "../venue/index.ts"
import { addAccount, type NewAccount } from "./account.ts"
import { type AccountKind, KindChoice } from "./kind-choice.tsx"
import { KeyFields } from "./key-fields.tsx"
import { KeyHelp } from "./key-help.tsx"
import { useKeyForm } from "./use-key-form.ts"
import { VenueFacts } from "./venue-facts.tsx"

/** Adds an account step by step: whose money, which exchange, which key. Nothing is kept before its key is checked. */
export function AccountWizard({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [kind, setKind] = useState<AccountKind>("practice")
  const [chosen, setChosen] = useState<RealVenueId>("binance")
  const [name, setName] = useState("")
  const venues = venuesFor(kind)
  const venue = venues.includes(chosen) ? chosen : venues[0]
  const { key, setKey, problem, refusal, looksLike, isAsking, send } = useKeyForm(venue)
  const usualName = usualNameOf(kind, venue)
  const hasPlace = ["name", "apiKey", "secret"].includes(refusal?.field ?? "")
  const add = async (whole: CopiedKey) => {
    const { id } = await addAccount({ name: name.trim() || usualName, ...placeOf(kind, venue, whole) })
    onClose()
    await navigate({ to: "/accounts/$accountId", params: { accountId: id } })
  }
  return (
    <Dialog title="Add an account" open onOpenChange={(open) => !open && onClose()}>
      <form className="flex flex-col gap-5" onSubmit={(event) => void send(event, add)}>
        <KindChoice kind={kind} onChange={setKind} />
        {venue && (
          <>
            <Select
              label="Exchange"
              value={venue}
              choices={venues.map((id) => ({ value: id, label: venueOf(id).name }))}
              onChange={(id) => setChosen(id as RealVenueId)}
            />
            <p className="text-sm text-ink-soft">{accountFacts[venue].region}</p>
            <StandInNote
              venue={venue}
              words="A program on this computer stands in for this exchange: nothing is real there, whatever the account says."
            />
            <KeyFields venue={venue} kind={kind} value={key} problem={problem} onChange={setKey} />
            {looksLike && venues.includes(looksLike) && (
              <Button className="self-start" onClick={() => setChosen(looksLike)}>
                {`Choose ${venueOf(looksLike).name}`}
              </Button>
            )}
          </>
        )}
        <TextField
          label="Name"
          placeholder={usualName}
          maxLength={80}
          value={name}
          problem={problem("name")}
          onChange={setName}
        />
        {refusal && !hasPlace && <Notice kind="error">{refusal.because}</Notice>}
        {venue && <VenueFacts venue={venue} />}
        {venue && <KeyHelp venue={venue} said={refusal} />}
        <Button type="submit" look="primary" className="self-end" disabled={isAsking}>
          {isAsking ? "Asking the exchange…" : venue ? "Check the key and keep it" : "Make it"}
        </Button>
      </form>
    </Dialog>
  )
}

function placeOf(kind: AccountKind, venue: RealVenueId | undefined, key: CopiedKey): Omit<NewAccount, "name"> {
  if (kind === "practice" || venue === undefined)
    return { venue: kind === "paper" ? "binance" : "practice", mode: "paper" }
  return { venue, mode: kind, key }
}

function usualNameOf(kind: AccountKind, venue: RealVenueId | undefined): string {
  if (venue === undefined) return kind === "practice" ? "Practice" : "Binance on paper"
  return `${venueOf(venue).name}${kind === "testnet" ? " test" : ""}`
}

/** Where a key is needed, and a network of that kind is there. */
function venuesFor(kind: AccountKind): RealVenueId[] {
  const all = Object.keys(accountFacts) as RealVenueId[]
  if (kind === "testnet") return all.filter((id) => accountFacts[id].testNetwork.isThere)
  return kind === "live" ? all : []
}
