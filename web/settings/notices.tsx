import { plainText } from "#engine/candles"
import { findPairing } from "../db/pairing.ts"
import { useKept } from "../db/use-kept.ts"
import { answered, relay } from "../relay-client/relay.ts"
import { useAnswer } from "../relay-client/use-answer.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { Button } from "../ui/button.tsx"
import { formatDateTime } from "../ui/date-format.ts"
import { Notice } from "../ui/notice.tsx"
import { NewChannel } from "./new-channel.tsx"
import { usePreferences } from "./preferences.ts"

type Channel = Awaited<ReturnType<typeof askChannels>>[number]

async function askChannels() {
  const answer = await answered(relay.notices.$get())
  return (await answer.json()).items
}

/** Where the relay says what happens while no tab is open. */
export function Notices() {
  const pairing = useKept(findPairing)
  return (
    <section id="notices" aria-label="Notifications" className="flex flex-col gap-4 border-t border-line pt-4">
      <h2 className="text-base font-semibold">Notifications</h2>
      <p className="max-w-[72ch] text-ink-soft">
        The relay tells you when something is wrong while no tab is open: a bot that halts, a stop that is refused, an
        exchange that is away for a minute, coins that are missing, the day's loss limit, the kill switch. Purchases and
        sales too, if you like.
      </p>
      {pairing.state === "ready" &&
        (pairing.value ? (
          <Channels />
        ) : (
          <p className="max-w-[72ch] text-ink-soft">Pair this browser to say where you want to hear of it.</p>
        ))}
    </section>
  )
}

function Channels() {
  const [channels, askAgain] = useAnswer(askChannels)
  // The devices above say why the relay does not answer.
  if (channels.state === "failed")
    return <p className="max-w-[72ch] text-ink-soft">Where they go is seen here once the relay answers.</p>
  if (channels.state === "loading") return null
  return (
    <>
      {channels.value.length === 0 ? (
        <p className="max-w-[72ch] text-ink-soft">
          Nobody hears of it yet. A Telegram chat reaches your phone in two minutes, this browser in one; a webhook
          reaches a program of yours.
        </p>
      ) : (
        <ul aria-label="Where notices go" className="border-b border-line">
          {channels.value.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} onChange={askAgain} />
          ))}
        </ul>
      )}
      <NewChannel onAdded={askAgain} />
    </>
  )
}

function ChannelRow({ channel, onChange }: { channel: Channel; onChange: () => Promise<void> }) {
  const { problem, isDoing, doing } = useDoing()
  const { id } = channel
  const name = plainText(channel.name, 80)
  const remove = async () => {
    await answered(relay.notices[":id"].$delete({ param: { id } }))
    await onChange()
  }
  const test = async () => {
    await answered(relay.notices[":id"].test.$post({ param: { id } }))
    await onChange()
  }
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-3">
      <div className="min-w-0">
        <p className="font-medium text-ink-strong wrap-anywhere">
          <bdi>{name}</bdi>
        </p>
        <ChannelWords channel={channel} />
      </div>
      <div className="flex gap-2">
        <Button aria-label={`Send a test to ${name}`} disabled={isDoing} onClick={doing(test)}>
          Send a test
        </Button>
        <Button aria-label={`Remove ${name}`} disabled={isDoing} onClick={doing(remove)}>
          Remove
        </Button>
      </div>
      {channel.problem !== null && (
        <Notice kind="warn">The last message did not arrive: {plainText(channel.problem, 300)}.</Notice>
      )}
      {problem !== undefined && <Notice kind="error">{problem}</Notice>}
    </li>
  )
}

const where: Record<Channel["kind"], string> = {
  telegram: "Telegram chat",
  webhook: "Webhook at",
  push: "A browser, by",
  ping: "Watcher at",
}

function ChannelWords({ channel }: { channel: Channel }) {
  const { timeZone } = usePreferences()
  const { kind, target, wantsTrades, quiet, sentMs, waiting } = channel
  const what = kind === "ping" ? "the relay lives" : wantsTrades ? "problems and trades" : "problems"
  const held = quiet === null || !wantsTrades ? "" : `, trades not ${quiet} UTC`
  const last = sentMs === null ? "nothing sent yet" : `last sent ${formatDateTime(sentMs, timeZone)}`
  const left = waiting === 0 ? "" : `, ${waiting} waiting`
  return (
    <p className="text-sm text-ink-soft wrap-anywhere">
      {`${where[kind]} ${plainText(target, 80)}: ${what}${held}; ${last}${left}`}
    </p>
  )
}
