import { Allow, parse } from "partial-json"
import type { ModelWire } from "../provider.ts"
import { honestText } from "./safe-text.ts"

/** Nobody reads on while it is still being written. */
const MOST_LETTERS = 8_000

/** What a half answer says to the person so far: the text of a half object, or without an envelope the words themselves. */
export function partialText(soFar: string, wire: ModelWire): string {
  const text = soFar.slice(0, MOST_LETTERS).trimStart()
  if (!/^[{[`]/.test(text)) return wire === "tools" ? honestText(text) : ""
  const spoken = /"text"\s*:\s*"(?:[^"\\]|\\.)*"?/.exec(text)?.[0]
  if (spoken === undefined) return ""
  try {
    const { text: said } = parse(`{${spoken}`, Allow.ALL) as { text?: unknown }
    return typeof said === "string" ? honestText(said) : ""
  } catch {
    return ""
  }
}
