import { BlockList, isIP } from "node:net"
import { quoted } from "#engine/candles"
import { isOwnAddress, plainAddress } from "./address-guard.ts"
import type { PublicAddress } from "./front.ts"
import { isPort } from "./listener.ts"

/** How the relay is opened to other computers (docs/remote.md). */
export type RemoteUse = {
  address: PublicAddress
  /** A second place to listen at; none where the proxy runs on this computer. */
  listen?: { host: string; port: number }
  /** Our own certificate; none where a proxy speaks TLS. */
  certificate?: CertificateFiles
}

/** Files in PEM: the chain, and its private key. */
export type CertificateFiles = { certFile: string; keyFile: string }

const names = [
  "CANDLEWRIGHT_PUBLIC_URL",
  "CANDLEWRIGHT_TRUSTED_PROXY",
  "CANDLEWRIGHT_TLS_CERT",
  "CANDLEWRIGHT_TLS_KEY",
  "CANDLEWRIGHT_LISTEN",
] as const
type Environment = Partial<Record<(typeof names)[number], string>>

const HTTPS_PORT = 443
const MOST_PROXIES = 32

/**
 * What the environment says of remote use; undefined where it says nothing, and nothing is opened. Throws a sentence
 * where it would open the relay without TLS, or says half of it.
 */
export function remoteUseFrom(environment: Environment): RemoteUse | undefined {
  const said = names.filter((name) => environment[name])
  if (said.length === 0) return undefined
  if (!environment.CANDLEWRIGHT_PUBLIC_URL)
    throw new Error(
      `${said[0]} opens Candlewright to other computers, and nothing says under which address. Set CANDLEWRIGHT_PUBLIC_URL=https://your.name too, or leave it out.`,
    )
  const url = publicUrl(environment.CANDLEWRIGHT_PUBLIC_URL)
  const certificate = certificateOf(environment)
  const proxies = environment.CANDLEWRIGHT_TRUSTED_PROXY
  if (proxies && certificate)
    throw new Error(
      "Either a proxy or Candlewright itself speaks TLS: leave out CANDLEWRIGHT_TRUSTED_PROXY or the certificate.",
    )
  if (certificate)
    return {
      address: { origin: url.origin, isProxy: () => false },
      certificate,
      listen: listenAt(environment) ?? { host: "::", port: Number(url.port || HTTPS_PORT) },
    }
  if (!proxies)
    throw new Error(
      "Candlewright is not opened to other computers without TLS. Name the proxy that speaks it in CANDLEWRIGHT_TRUSTED_PROXY (127.0.0.1 for one on this computer), or a certificate in CANDLEWRIGHT_TLS_CERT and CANDLEWRIGHT_TLS_KEY.",
    )
  return behindProxy(url.origin, proxies, listenAt(environment))
}

function behindProxy(origin: string, text: string, listen: RemoteUse["listen"]): RemoteUse {
  const ranges = text.split(",").map((range) => range.trim())
  const [proxies, isHere] = [proxyList(ranges), ranges.every((range) => isOwnAddress(range.split("/")[0]))]
  if (!isHere && !listen)
    throw new Error(
      `The proxy at ${quoted(ranges[0])} is another computer, which reaches none of this one's own addresses. Set CANDLEWRIGHT_LISTEN=0.0.0.0:8788, or the address that it reaches.`,
    )
  return { address: { origin, isProxy: (address) => contains(proxies, address) }, listen }
}

function publicUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url && url.href === `${url.origin}/` && (text === url.origin || text === url.href)
  if (url?.protocol === "https:" && isPlain) return url
  throw new Error(
    `CANDLEWRIGHT_PUBLIC_URL is ${quoted(text)}. It is the address in the browser without a path, with https: https://bots.example.org`,
  )
}

function certificateOf(environment: Environment): CertificateFiles | undefined {
  const { CANDLEWRIGHT_TLS_CERT: certFile, CANDLEWRIGHT_TLS_KEY: keyFile } = environment
  if (!certFile && !keyFile) return undefined
  if (certFile && keyFile) return { certFile, keyFile }
  throw new Error(
    "CANDLEWRIGHT_TLS_CERT and CANDLEWRIGHT_TLS_KEY belong together: the certificate chain and its private key, both in PEM.",
  )
}

function listenAt({ CANDLEWRIGHT_LISTEN: text }: Environment): RemoteUse["listen"] {
  if (!text) return undefined
  const [, six, four, digits] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? []
  const [host, port] = [six ?? four ?? "", Number(digits)]
  if (isIP(host) > 0 && isPort(port)) return { host, port }
  throw new Error(
    `CANDLEWRIGHT_LISTEN is ${quoted(text)}. It is an address of this computer with a port: 0.0.0.0:8788 or [::]:8788.`,
  )
}

function proxyList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  if (ranges.length > MOST_PROXIES)
    throw new Error(`CANDLEWRIGHT_TRUSTED_PROXY names ${ranges.length} proxies; ${MOST_PROXIES} is the most.`)
  for (const range of ranges) {
    const [, address, digits] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(range) ?? []
    const bits = isIP(address ?? "") === 4 ? 32 : 128
    const prefix = Number(digits ?? bits)
    // The whole internet is no proxy.
    if (isIP(address ?? "") === 0 || prefix < 8 || prefix > bits)
      throw new Error(
        `CANDLEWRIGHT_TRUSTED_PROXY has ${quoted(range)}. It is the proxy's network address or a small range: 127.0.0.1, or 172.18.0.0/16.`,
      )
    list.addSubnet(address, prefix, bits === 32 ? "ipv4" : "ipv6")
  }
  return list
}

function contains(list: BlockList, address: string): boolean {
  const plain = plainAddress(address)
  const family = isIP(plain)
  return family > 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6")
}
