import { createHmac } from "node:crypto"
import { plainText, quoted } from "#engine/candles"
import type { Surroundings } from "../surroundings.ts"
import { guardedPost, type PostAnswer } from "./guarded-post.ts"
import { pushRequest } from "./push-message.ts"

/** What a channel's sealed part holds: where it goes, and what proves or opens it. */
export type ChannelSecrets = { address: string; secret: string }
export type ChannelKind = "webhook" | "telegram" | "push" | "ping"
export type Message = {
  id: string
  kind: "problem" | "signal" | "trade" | "test" | "alive"
  words: string
  atMs: number
}

/** What became of a message. One that is `over` is not tried again. */
export type Sent = { ok: true } | { ok: false; because: string; isOver: boolean; retryAfterMs?: number }

type SendDeps = { isLocal: boolean; telegramUrl: URL; surroundings: Pick<Surroundings, "after" | "nowMs"> }

/** Sends a message once. Never throws: what failed is in words, without address or secret. */
export async function send(
  kind: ChannelKind,
  { address, secret }: ChannelSecrets,
  message: Message,
  deps: SendDeps,
): Promise<Sent> {
  try {
    return sentBy(await posts[kind](address, secret, message, deps), kind)
  } catch (error) {
    const because = plainText((error as Error).message, 200)
      .replaceAll(secret, "…")
      .replaceAll(address, "…")
    return { ok: false, because, isOver: false }
  }
}

type Post = (address: string, secret: string, message: Message, deps: SendDeps) => Promise<PostAnswer>

const posts: Record<ChannelKind, Post> = {
  webhook: postHook,
  telegram: postTelegram,
  push: postPush,
  ping: (address, _, __, deps) => guardedPost({ url: new URL(address), body: "", ...deps }),
}

/** "t=…,v1=…": HMAC-SHA256 of time, dot and body, so that neither can be changed and an old one can be told. */
export function signatureOf(body: string, secret: string, atMs: number): string {
  return `t=${atMs},v1=${createHmac("sha256", secret).update(`${atMs}.${body}`).digest("hex")}`
}

function postHook(address: string, secret: string, message: Message, deps: SendDeps): Promise<PostAnswer> {
  const body = JSON.stringify({ from: "candlewright", ...message })
  const headers = { "x-candlewright-signature": signatureOf(body, secret, deps.surroundings.nowMs()) }
  return guardedPost({ url: new URL(address), body, headers, ...deps })
}

/** Telegram takes no longer text. */
const MOST_TELEGRAM_LETTERS = 4_000

function postTelegram(chat: string, token: string, { words }: Message, deps: SendDeps): Promise<PostAnswer> {
  const body = JSON.stringify({ chat_id: chat, text: words.slice(0, MOST_TELEGRAM_LETTERS) })
  const url = new URL(`./bot${token}/sendMessage`, deps.telegramUrl)
  const isLocal = deps.telegramUrl.protocol === "http:"
  return guardedPost({ url, body, surroundings: deps.surroundings, isLocal })
}

async function postPush(address: string, keys: string, message: Message, deps: SendDeps): Promise<PostAnswer> {
  return guardedPost({ url: new URL(address), ...(await pushRequest({ address, keys }, message)), ...deps })
}

/** So the exchange of messages may say that we are too fast, that it is busy, or that it will never take this. */
function sentBy({ status, text, headers }: PostAnswer, kind: ChannelKind): Sent {
  if (status >= 200 && status < 300) return { ok: true }
  if (kind === "push" && (status === 404 || status === 410))
    return { ok: false, because: "that browser takes no messages any more; turn them on there again", isOver: true }
  const said = status >= 300 && status < 400 ? "it leads elsewhere, which is not followed" : describedIn(text)
  const because = `it answers ${status}${said === "" ? "" : `: ${said}`}`
  const isOver = status >= 400 && status < 500 && status !== 408 && status !== 429
  return { ok: false, because, isOver, ...(status === 429 && { retryAfterMs: waitIn(text, headers["retry-after"]) }) }
}

const LONGEST_ASKED_WAIT_S = 3_600

function waitIn(text: string, header: string | undefined): number {
  const seconds = Number(/"retry_after":\s*(\d+)/.exec(text)?.[1] ?? header)
  return (Number.isFinite(seconds) ? Math.min(LONGEST_ASKED_WAIT_S, Math.max(1, seconds)) : 1) * 1_000
}

function describedIn(text: string): string {
  const [, words] = /"description":\s*"([^"]{1,200})"/.exec(text) ?? []
  return words === undefined ? "" : quoted(words, 200)
}
