import { useNavigate } from "@tanstack/react-router"
import { type FormEvent, useState } from "react"
import { type RealVenueId, venueOf } from "#venues"
import { RelayRefusal } from "../relay-client/relay.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Notice } from "../ui/notice.tsx"
import { Select } from "../ui/select.tsx"
import { TextField } from "../ui/text-field.tsx"
import { StandInNote } from "../venue/index.ts"
import { addAccount, type NewAccount } from "./account.ts"
import { type AccountKind, KindChoice } from "./kind-choice.tsx"
import { type CopiedKey, KeyFields } from "./key-fields.tsx"
import { KeyHelp } from "./key-help.tsx"

/** Adds an account step by step: whose money, which exchange, which key. Nothing is kept before its key is checked. */
export function AccountWizard({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [kind, setKind] = useState<AccountKind>("practice")
  const [venue, setVenue] = useState<RealVenueId>("binance")
  const [key, setKey] = useState<CopiedKey>({ apiKey: "", secret: "" })
  const [name, setName] = useState("")
  const [refusal, setRefusal] = useState<{ because: string; field: string; code: string }>()
  const [isAsking, setAsking] = useState(false)
  const isMadeUp = kind === "practice" || kind === "paper"
  const usualName = usualNameOf(kind, venue)
  const problem = (place: string) => (refusal?.field === place ? refusal.because : undefined)
  const hasPlace = ["name", "key.apiKey", "key.secret"].includes(refusal?.field ?? "")
  const add = async (event: FormEvent) => {
    event.preventDefault()
    setRefusal(undefined)
    setAsking(true)
    const chosen = { name: name.trim() || usualName }
    const wanted: NewAccount =
      kind === "practice" || kind === "paper"
        ? { ...chosen, venue: kind === "paper" ? "binance" : "practice", mode: "paper" }
        : { ...chosen, venue, mode: kind, key }
    try {
      const { id } = await addAccount(wanted)
      onClose()
      await navigate({ to: "/accounts/$accountId", params: { accountId: id } })
    } catch (error) {
      const { field = "", code = "" } = error instanceof RelayRefusal ? error : {}
      setRefusal({ because: (error as Error).message, field, code })
      setAsking(false)
    }
  }
  return (
    <Dialog title="Add an account" open onOpenChange={(open) => !open && onClose()}>
      <form className="flex flex-col gap-5" onSubmit={(event) => void add(event)}>
        <KindChoice kind={kind} onChange={setKind} />
        {kind !== "practice" && kind !== "paper" && (
          <>
            <Select
              label="Exchange"
              value={venue}
              choices={venuesFor(kind).map((id) => ({ value: id, label: venueOf(id).name }))}
              onChange={(id) => setVenue(id as RealVenueId)}
            />
            <StandInNote
              venue={venue}
              words="A program on this computer stands in for this exchange: nothing is real there, whatever the account says."
            />
            <KeyFields venue={venue} kind={kind} value={key} problem={problem} onChange={setKey} />
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
        {!isMadeUp && <KeyHelp said={refusal} />}
        <Button type="submit" look="primary" className="self-end" disabled={isAsking}>
          {isAsking ? "Asking the exchange…" : isMadeUp ? "Make it" : "Check the key and keep it"}
        </Button>
      </form>
    </Dialog>
  )
}

function usualNameOf(kind: AccountKind, venue: RealVenueId): string {
  if (kind === "practice") return "Practice"
  if (kind === "paper") return "Binance on paper"
  return `${venueOf(venue).name}${kind === "testnet" ? " test" : ""}`
}

/** Coinbase has no test network. */
function venuesFor(kind: AccountKind): RealVenueId[] {
  return kind === "testnet" ? ["binance", "bybit"] : ["binance", "bybit", "coinbase"]
}
