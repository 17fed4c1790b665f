import { type FormEvent, useState } from "react"
import { type CopiedKey, foreignFault, keyFault, mendedKey, type RealVenueId } from "#venues"
import { RelayRefusal } from "../relay-client/relay.ts"

type Refusal = { because: string; field: string; code: string }

/**
 * A form with a key in it. A key that cannot be one of the exchange stays in this page; what the relay refuses is said
 * at its place. Without an exchange there is no key.
 */
export function useKeyForm(venue: RealVenueId | undefined) {
  const [key, setKey] = useState<CopiedKey>({ apiKey: "", secret: "" })
  const [refusal, setRefusal] = useState<Refusal>()
  const [isAsking, setAsking] = useState(false)
  const foreign = venue && foreignFault(venue, mendedKey(key))
  const send = async (event: FormEvent, ask: (key: CopiedKey) => Promise<void>) => {
    event.preventDefault()
    const whole = mendedKey(key)
    const fault = venue && keyFault(venue, whole)
    setRefusal(fault && { ...fault, code: "not-valid" })
    if (fault) return
    setAsking(true)
    try {
      await ask(whole)
    } catch (error) {
      const { field = "", code = "" } = error instanceof RelayRefusal ? error : {}
      setRefusal({ because: (error as Error).message, field: field.replace(/^key\./, ""), code })
      setAsking(false)
    }
  }
  return {
    key,
    /** Another key is another question: what was said of the last one goes. */
    setKey: (changed: CopiedKey) => {
      setKey(changed)
      setRefusal(undefined)
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
