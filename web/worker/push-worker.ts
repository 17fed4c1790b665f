/** What the relay sends (relay/notifications): problems first of all. */
type PushedNotice = { id: string; kind: "problem" | "trade" | "test"; words: string; atMs: number }

type Waiting = Event & { waitUntil(done: Promise<unknown>): void }
type PushEvent = Waiting & { data: { json(): unknown } | null }
type ClickEvent = Waiting & { notification: Notification }
type Tab = { url: string; focus(): Promise<unknown> }
/** Of the service worker's world, what is used here. */
type WorkerWorld = {
  registration: ServiceWorkerRegistration
  clients: { matchAll(of: object): Promise<Tab[]>; openWindow(url: string): Promise<unknown> }
  addEventListener(name: "push", act: (event: PushEvent) => void): void
  addEventListener(name: "notificationclick", act: (event: ClickEvent) => void): void
}

const world = globalThis as unknown as WorkerWorld
const EVENTS = "/bots/events"
const titles = { problem: "A bot needs you", trade: "A bot traded", test: "Candlewright" }

// Added to the end of the service worker by the build: messages are shown while no tab is open.
world.addEventListener("push", (event) => {
  const { id, kind, words, atMs } = noticeIn(event)
  const looks = {
    body: words,
    tag: id,
    timestamp: atMs,
    icon: "/icons/candle-192.png",
    requireInteraction: kind === "problem",
  }
  event.waitUntil(world.registration.showNotification(titles[kind], looks as NotificationOptions))
})

world.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(openEvents())
})

/** A browser that shows nothing for a message takes the right to send any: what cannot be read is shown as such. */
function noticeIn({ data }: PushEvent): PushedNotice {
  try {
    const notice = data!.json() as PushedNotice
    if (Object.hasOwn(titles, notice.kind)) return notice
  } catch {
    // Said below.
  }
  return {
    id: "unread",
    kind: "problem",
    words: "The relay has sent a message that this version cannot read. Open Candlewright.",
    atMs: 0,
  }
}

async function openEvents(): Promise<void> {
  const open = await world.clients.matchAll({ type: "window", includeUncontrolled: true })
  const events = open.find(({ url }) => new URL(url).pathname === EVENTS)
  await (events ? events.focus() : world.clients.openWindow(EVENTS))
}
