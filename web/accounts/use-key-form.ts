import { type FormEvent, useState } from "react"
import { type CopiedKey, foreignFault, keyFault, mendedKey, type RealVenueId } from "#venues"
import { RelayRefusal } from "../relay-client/relay.ts"

type Refusal = { because: string; field: string; code: string; at: RealVenueId | undefined }

/**
 * A form with a key in it. A key that cannot be one of the exchange stays in this page; what the relay refuses is said
 * at its place. Without an exchange there is no key.
 */
export function useKeyForm(venue: RealVenueId | undefined) {
  const [key, setKey] = useState<CopiedKey>({ apiKey: "", secret: "" })
  const [said, setSaid] = useState<Refusal>()
  const [isAsking, setAsking] = useState(false)
  // What was said of a key at one exchange says nothing of it at another.
  const refusal = said?.at === venue ? said : undefined
  const foreign = venue && foreignFault(venue, mendedKey(key))
  const send = async (event: FormEvent, ask: (key: CopiedKey) => Promise<void>) => {
    event.preventDefault()
    const whole = mendedKey(key)
    const fault = venue && keyFault(venue, whole)
    setSaid(fault && { ...fault, code: "not-valid", at: venue })
    if (fault) return
    setAsking(true)
    try {
      await ask(whole)
    } catch (error) {
      const { field = "", code = "" } = error instanceof RelayRefusal ? error : {}
      setSaid({ because: (error as Error).message, field: field.replace(/^key\./, ""), code, at: venue })
      setAsking(false)
    }
  }
  return {
    key,
    /** Another key is another question: what was said of the last one goes. */
    setKey: (changed: CopiedKey) => {
      setKey(changed)
      setSaid(undefined)
    },
    /** What is wrong at a place: "name", "apiKey", "secret". */
    problem: (place: string) =>
      refusal?.field === place ? refusal.because : foreign?.field === place ? foreign.because : undefined,
    refusal,
    /** The exchange whose key was put in. */
    looksLike: foreign?.looksLike,
    isAsking,
    send,
  }
}
