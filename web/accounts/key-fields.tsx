import { accountFacts, type CopiedKey, hintOf, keyInFile, keySteps, labelOf, type RealVenueId, venueOf } from "#venues"
import { TextArea } from "../ui/text-area.tsx"
import { TextField } from "../ui/text-field.tsx"
import type { AccountKind } from "./kind-choice.tsx"

type KeyFieldsProps = {
  venue: RealVenueId
  kind: AccountKind
  value: CopiedKey
  /** What is wrong at a place: "apiKey", "secret". */
  problem: (place: string) => string | undefined
  onChange: (key: CopiedKey) => void
}

/** Where a key is made and what it may do, then the key itself. It leaves this page once, for the relay. */
export function KeyFields({ venue, kind, value, problem, onChange }: KeyFieldsProps) {
  const { key, expiry } = accountFacts[venue]
  const fieldOf = (part: keyof CopiedKey) => ({
    label: labelOf(key[part]),
    hint: hintOf(key[part]),
    value: value[part],
    problem: problem(part),
    autoComplete: "off",
    spellCheck: false,
    // All of a downloaded file fills both fields.
    onChange: (text: string) => onChange(keyInFile(text) ?? { ...value, [part]: text }),
  })
  return (
    <>
      <section aria-label="How the key is made" className="flex flex-col gap-2 text-sm text-ink">
        <h3 className="text-ink-soft">{`How a key is made at ${venueOf(venue).name}`}</h3>
        <ol className="flex list-decimal flex-col gap-1 pl-5">
          {keySteps(venue, { isTestnet: kind === "testnet" }).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className="text-ink-soft">{expiry}</p>
      </section>
      <TextField {...fieldOf("apiKey")} />
      {key.secret.hasLines ? (
        <TextArea {...fieldOf("secret")} rows={4} />
      ) : (
        <TextField {...fieldOf("secret")} type="password" />
      )}
    </>
  )
}
