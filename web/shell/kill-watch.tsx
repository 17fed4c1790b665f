import { useEffect } from "react"
import { createPortal } from "react-dom"
import { findPairing } from "../db/pairing.ts"
import { useKept } from "../db/use-kept.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { useWatched } from "../relay-client/use-watched.ts"
import { Button } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { askKill, releaseKill } from "./kill.ts"

export type KillWatchProps = { onKnown: (isOn: boolean) => void }

/** Follows the kill switch, and says over every screen that it is on. */
export function KillWatch({ onKnown }: KillWatchProps) {
  const pairing = useKept(findPairing)
  return pairing.state === "ready" && pairing.value ? <Watch onKnown={onKnown} /> : null
}

function Watch({ onKnown }: KillWatchProps) {
  const watched = useWatched(askKill)
  const isOn = watched.state === "ready" && watched.value.isOn
  useEffect(() => onKnown(isOn), [isOn, onKnown])
  const above = document.getElementById("above-screen")
  return isOn && above && createPortal(<KillBanner />, above)
}

function KillBanner() {
  const { problem, isDoing, doing } = useDoing()
  return (
    <Notice
      kind="error"
      action={
        <Button disabled={isDoing} onClick={doing(releaseKill)}>
          Release it
        </Button>
      }
    >
      The kill switch is on: nothing is bought, on any account. What bots own stays, with its stops.
      {problem !== undefined && ` ${problem}`}
    </Notice>
  )
}
