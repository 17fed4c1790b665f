import { plainText } from "#engine/candles"
import { useState } from "react"
import { forgetPairing } from "../db/pairing.ts"
import { answered, relay } from "../relay-client/relay.ts"
import { Button } from "../ui/button.tsx"
import { Chip } from "../ui/chip.tsx"
import { formatDate, formatDateTime } from "../ui/date-format.ts"
import { Notice } from "../ui/notice.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { OnceShown } from "./once-shown.tsx"
import { usePreferences } from "./preferences.ts"
import { useAnswer } from "../relay-client/use-answer.ts"
import { useDoing } from "../relay-client/use-doing.ts"

type Device = Awaited<ReturnType<typeof askDevices>>[number]

async function askDevices() {
  const answer = await answered(relay.devices.$get())
  return (await answer.json()).items
}

/** The browsers that are paired. One can be unpaired, and another one let in. */
export function Devices() {
  const [devices, askAgain] = useAnswer(askDevices)
  const [link, setLink] = useState<string>()
  const { problem, doing } = useDoing()
  const offer = async () => {
    const answer = await answered(relay["pairing-links"].$post())
    setLink((await answer.json()).url)
  }
  if (devices.state === "loading") return <Skeleton className="h-20 w-full" />
  if (devices.state === "failed") return <NotAnswered because={devices.because} />
  return (
    <div className="flex flex-col items-start gap-3">
      <ul aria-label="Paired browsers" className="w-full border-b border-line">
        {devices.value.map((device) => (
          <DeviceRow key={device.id} device={device} onGone={askAgain} />
        ))}
      </ul>
      <Button onClick={doing(offer)}>Pair another browser</Button>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
      {link !== undefined && (
        <OnceShown label="Open this in the other browser" value={link}>
          It works once, for two minutes, and on this computer.
        </OnceShown>
      )}
    </div>
  )
}

function DeviceRow({ device, onGone }: { device: Device; onGone: () => Promise<void> }) {
  const { timeZone } = usePreferences()
  const { problem, doing } = useDoing()
  const { id, name, isThis, createdMs, lastSeenMs, address, goodForMs } = device
  const unpair = async () => {
    await answered(relay.devices[":id"].$delete({ param: { id } }))
    if (isThis) await forgetPairing()
    else await onGone()
  }
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium text-ink-strong">
          <bdi className="wrap-anywhere">{plainText(name, 80)}</bdi>
          {isThis && <Chip look="grey">THIS BROWSER</Chip>}
        </p>
        <p className="text-sm text-ink-soft">
          {`Paired ${formatDateTime(createdMs, timeZone)}, last here ${formatDateTime(lastSeenMs, timeZone)}`}
          {address !== null && ` from ${plainText(address, 60)}`}
          {goodForMs !== null && `, forgotten ${formatDate(lastSeenMs + goodForMs, timeZone)} unless it comes again`}
        </p>
      </div>
      <Button aria-label={`Unpair ${plainText(name, 80)}`} onClick={doing(unpair)}>
        Unpair
      </Button>
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </li>
  )
}

/** A pairing that the relay no longer knows, or a relay that is away: what to do, and the way out. */
function NotAnswered({ because }: { because: string }) {
  return (
    <Notice kind="warn" action={<Button onClick={() => void forgetPairing()}>Forget this pairing</Button>}>
      {because}
    </Notice>
  )
}
