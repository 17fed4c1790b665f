import * as z from "zod"

/** What opens a browser's push address: its keys (RFC 8291), and the pair that our requests are signed with (RFC 8292). */
const pushKeys = z.object({ p256dh: z.string(), auth: z.string(), publicKey: z.string(), privateKey: z.string() })
export type PushKeys = z.infer<typeof pushKeys>

type Sealed = { address: string; keys: string }
/** A request to the browser's own service. Only the browser that gave its keys can read the body. */
export type PushRequest = { body: Buffer; headers: Record<string, string> }

/** Services keep it for a browser that is away. */
const KEPT_S = 24 * 60 * 60
/** So that the whole fits the 4,096 bytes that every service takes, whatever letters these are. */
const MOST_LETTERS = 800
/** Services may write to somebody about a sender; ours is on a computer of its owner's, so this is nobody's address. */
const SUBJECT = "mailto:candlewright@example.com"

/** Encrypts a message for a browser. Throws where its keys are none. */
export async function pushRequest({ address, keys }: Sealed, message: { words: string }): Promise<PushRequest> {
  const { default: webPush } = await import("web-push")
  const { p256dh, auth, publicKey, privateKey } = pushKeys.parse(JSON.parse(keys))
  const text = JSON.stringify({ ...message, words: message.words.slice(0, MOST_LETTERS) })
  const { body, headers } = webPush.generateRequestDetails({ endpoint: address, keys: { p256dh, auth } }, text, {
    TTL: KEPT_S,
    urgency: "high",
    vapidDetails: { subject: SUBJECT, publicKey, privateKey },
  })
  return { body: body!, headers }
}
