import type { RealVenueId } from "#venues"
import { TextArea } from "../ui/text-area.tsx"
import { TextField } from "../ui/text-field.tsx"
import type { AccountKind } from "./kind-choice.tsx"

export type CopiedKey = { apiKey: string; secret: string }

type KeyFieldsProps = {
  venue: RealVenueId
  kind: AccountKind
  value: CopiedKey
  /** What the relay says of a place, such as "key.secret". */
  problem: (place: string) => string | undefined
  onChange: (key: CopiedKey) => void
}

/** Where a key is made and what it may do, then the key itself. It leaves this page once, for the relay. */
export function KeyFields({ venue, kind, value, problem, onChange }: KeyFieldsProps) {
  const steps = [...(kind === "testnet" ? [testnets[venue]] : []), ...stepsFor[venue]]
  const secret = {
    label: venue === "coinbase" ? "Private key" : "Secret",
    value: value.secret,
    problem: problem("key.secret"),
    onChange: (text: string) => onChange({ ...value, secret: text }),
  }
  return (
    <>
      <ol className="flex list-decimal flex-col gap-1 pl-5 text-sm text-ink">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <TextField
        label={venue === "coinbase" ? "Key name" : "API key"}
        autoComplete="off"
        spellCheck={false}
        value={value.apiKey}
        problem={problem("key.apiKey")}
        onChange={(text) => onChange({ ...value, apiKey: text.trim() })}
      />
      {venue === "coinbase" ? (
        <TextArea {...secret} rows={4} />
      ) : (
        <TextField {...secret} type="password" autoComplete="off" spellCheck={false} />
      )}
    </>
  )
}

const testnets: Record<RealVenueId, string> = {
  binance: "Open testnet.binance.vision, sign in with GitHub and generate an HMAC-SHA-256 key.",
  bybit: "Open testnet.bybit.com: its accounts and keys are apart from the real ones.",
  coinbase: "Coinbase has no test network.",
}

// As the exchanges' own pages name things: relay/desk/key-words.ts.
const stepsFor: Record<RealVenueId, string[]> = {
  binance: [
    "On Binance, open Account, API Management, and create an API key made by the system.",
    'Tick "Enable Reading" and "Enable Spot & Margin Trading".',
    'Leave "Enable Withdrawals", "Enable Internal Transfer" and "Permits Universal Transfer" unticked: a key that can take money out is not taken.',
    'Choose "Restrict access to trusted IPs only" and enter your address, so that a stolen key is worthless.',
  ],
  bybit: [
    "On Bybit, open Account, API, and create a new key made by the system.",
    'Choose "Read-Write" and tick "SPOT: Trade".',
    'Leave "Withdrawal", "Account Transfer" and "Subaccount Transfer" unticked: a key that can take money out is not taken.',
    "Allow your own IP address alone, so that a stolen key is worthless.",
  ],
  coinbase: [
    "Open portal.cdp.coinbase.com, API keys, and create a key with the ECDSA algorithm.",
    'Tick "View" and "Trade".',
    'Leave "Transfer" unticked: a key that can take money out is not taken.',
    "Add your own IP address to the allowlist, so that a stolen key is worthless.",
  ],
}
