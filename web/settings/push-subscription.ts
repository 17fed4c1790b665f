/** What lets a relay send messages to this browser, as its channel of kind "push" wants it. */
export type PushChannel = { url: string; p256dh: string; auth: string; publicKey: string; privateKey: string }

/**
 * Asks the person, then the browser's own push service, for messages to this browser. The pair that signs them is made
 * here and belongs to one relay. Throws a sentence that says what to do.
 */
export async function subscribeHere(): Promise<PushChannel> {
  const worker = await workerHere()
  if ((await Notification.requestPermission()) !== "granted")
    throw new Error(
      "This browser shows no notifications of Candlewright. Allow them in its settings for this address, then press again; nothing was changed.",
    )
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"])
  const applicationServerKey = await crypto.subtle.exportKey("raw", pair.publicKey)
  const { d } = await crypto.subtle.exportKey("jwk", pair.privateKey)
  // One of another pair stands in the way of this one.
  await (await worker.pushManager.getSubscription())?.unsubscribe()
  const { endpoint, keys } = (await subscribed(worker, applicationServerKey)).toJSON()
  return {
    url: endpoint!,
    p256dh: keys!.p256dh,
    auth: keys!.auth,
    publicKey: base64Url(applicationServerKey),
    privateKey: d!,
  }
}

async function workerHere(): Promise<ServiceWorkerRegistration> {
  const worker = await navigator.serviceWorker?.getRegistration()
  if (worker?.active && "PushManager" in globalThis && "Notification" in globalThis) return worker
  throw new Error(
    "This browser can take messages only once Candlewright is kept in it: load this page again. On an iPhone, add Candlewright to the home screen first and open it there.",
  )
}

async function subscribed(worker: ServiceWorkerRegistration, applicationServerKey: ArrayBuffer) {
  try {
    return await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })
  } catch (error) {
    throw new Error(
      `This browser's push service cannot be used (${(error as Error).message}). Some browsers have none, and it needs the network. Nothing was changed; Telegram or a webhook work everywhere.`,
      { cause: error },
    )
  }
}

function base64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")
}
