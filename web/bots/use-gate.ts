import { useEffect, useState } from "react"
import { useSame } from "../ui/use-same.ts"
import type { WantedBot } from "./bot.ts"
import { askGate, type GateLine } from "./gate.ts"

/** What the relay says of the gate; while it is asked anew, what it said last. */
export type GateState = { lines: GateLine[]; isAsking: boolean; because?: string }

/** Each line asks an exchange: it is asked once the person rests. */
const REST_MS = 400

/** The gate for a bot as it is wanted now; undefined: its money is made up. */
export function useGate(wanted: WantedBot | undefined): GateState {
  const same = useSame(wanted)
  const [told, setTold] = useState<{ of?: WantedBot; gate: GateState }>({ gate: { lines: [], isAsking: false } })
  useEffect(() => {
    if (same === undefined) return undefined
    let isShown = true
    const show = (gate: GateState) => isShown && setTold({ of: same, gate })
    const ask = () =>
      askGate(same).then(
        (lines) => show({ lines, isAsking: false }),
        (error: Error) => show({ lines: [], isAsking: false, because: error.message }),
      )
    const timer = setTimeout(() => void ask(), REST_MS)
    return () => {
      isShown = false
      clearTimeout(timer)
    }
  }, [same])
  return told.of === same ? told.gate : { lines: told.gate.lines, isAsking: true }
}
