import { useState } from "react"
import { askParity, type Parity } from "./bot-history.ts"

/** A bot's period run again by the relay, when somebody asks for it. */
export type Comparison =
  | { state: "idle" | "running" }
  | { state: "ready"; parity: Parity }
  | { state: "failed"; because: string }

export function useParity(botId: string): { comparison: Comparison; compare: () => void } {
  const [comparison, setComparison] = useState<Comparison>({ state: "idle" })
  const compare = () => {
    setComparison({ state: "running" })
    askParity(botId).then(
      (parity) => setComparison({ state: "ready", parity }),
      (error: Error) => setComparison({ state: "failed", because: error.message }),
    )
  }
  return { comparison, compare }
}
