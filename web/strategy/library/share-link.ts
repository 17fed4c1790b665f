import { formatNumber, sha256Hex } from "#engine/candles"
import {
  problemInWords,
  type StrategyDocument,
  strategyFromJson,
  strategyHash as hashOf,
  type WrittenStrategy,
} from "#engine/strategy"
import { packed, unpacked } from "./packed-text.ts"

/** What a link carries: the document, its fingerprint, and those of the sender's last test. */
export type SharedStrategy = {
  document: StrategyDocument
  strategyHash: string
  tested?: TestedHashes
}
type TestedHashes = { engine: string; data: string; result: string }

/** Longer links are cut by chats and mail; a strategy of rules needs about a thousand letters. */
export const MOST_LINK_LETTERS = 30_000
/** More than the largest document; what unpacks to more was never made by us. */
const MOST_UNPACKED_BYTES = 700_000
/** The first letters of every link of this kind; another number is another way of writing it. */
const VERSION = 1

type Refused = { ok: false; because: string }

/** A strategy as the part of an address behind "#", which no browser sends anywhere. */
export async function shareFragment(
  document: WrittenStrategy,
  tested?: TestedHashes,
): Promise<{ ok: true; fragment: string } | Refused> {
  const checked = strategyFromJson(document)
  if (!checked.ok)
    return refused(`It is not finished yet. ${problemInWords(document, checked.problems[0])} Finish it, then share it.`)
  const strategyHash = await hashOf(checked.strategy)
  const bytes = await packed(JSON.stringify({ document: checked.strategy, strategyHash, tested }))
  const fragment = `s${VERSION}.${await checkOf(bytes)}.${base64url(bytes)}`
  return fragment.length > MOST_LINK_LETTERS
    ? refused(
        `It is too long for a link: ${formatNumber(fragment.length)} letters, where ${formatNumber(MOST_LINK_LETTERS)} are safe. Save it as a file and send that.`,
      )
    : { ok: true, fragment }
}

/** Reads the part of an address behind "#". Whatever is not exactly what was sent is refused in words. */
export async function sharedFrom(fragment: string): Promise<({ ok: true } & SharedStrategy) | Refused> {
  if (fragment === "")
    return refused("This address carries no strategy: the part behind # is missing. Ask for the whole link.")
  if (fragment.length > MOST_LINK_LETTERS)
    return refused(
      `This link has ${formatNumber(fragment.length)} letters, more than any of ours. It was not opened; ask for the strategy as a file.`,
    )
  const [, version, check, text] = /^s(\d{1,4})\.([0-9a-f]{16})\.([\w-]+)$/.exec(fragment) ?? []
  if (version === undefined)
    return refused(
      /^s\d+\./.test(fragment)
        ? DAMAGED
        : "This is no link of Candlewright, or its beginning is missing. It was not opened.",
    )
  if (Number(version) !== VERSION)
    return refused(
      "This link was made by another version of Candlewright. Reload the page to get the newest, and open it again.",
    )
  const bytes = bytesOf(text)
  if (!bytes || (await checkOf(bytes)) !== check) return refused(DAMAGED)
  const json = await unpacked(bytes, MOST_UNPACKED_BYTES)
  return json === undefined ? refused(DAMAGED) : sharedFromJson(json)
}

const DAMAGED =
  "This link is cut short or was changed on its way: it does not match its own checksum. Nothing was opened, nothing of yours is lost; ask for the link again."

async function sharedFromJson(json: string): Promise<({ ok: true } & SharedStrategy) | Refused> {
  const { document, strategyHash, tested } = Object(valueOf(json)) as Record<string, unknown>
  const checked = strategyFromJson(document)
  if (!checked.ok) {
    const because = problemInWords(document, checked.problems[0])
    return refused(`The strategy in this link is refused. ${because} Nothing was opened.`)
  }
  if (strategyHash !== (await hashOf(checked.strategy)))
    return refused(
      "The strategy in this link is not the one it was made for: its fingerprint differs. Somebody has edited it; it was not opened.",
    )
  return { ok: true, document: checked.strategy, strategyHash, tested: testedFrom(tested) }
}

function testedFrom(tested: unknown): TestedHashes | undefined {
  const { engine, data, result } = Object(tested) as Partial<Record<keyof TestedHashes, unknown>>
  return isHash(engine) && isHash(data) && isHash(result) ? { engine, data, result } : undefined
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
}

async function checkOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return (await sha256Hex(bytes)).slice(0, 16)
}

function base64url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCodePoint(byte)).join("")
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
    return Uint8Array.from(binary, (letter) => letter.codePointAt(0)!)
  } catch {
    return undefined
  }
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function refused(because: string): Refused {
  return { ok: false, because }
}
