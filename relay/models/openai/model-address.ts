import { quoted } from "#engine/candles"

/** An address of a model server that may be used, or why not, in words. */
export type ModelAddress = { ok: true; baseUrl: string } | { ok: false; because: string }

const MOST_LETTERS = 500

/** Reads the address a person typed: whole, without a name, password, query or anchor; plain http only at home. */
export function modelAddressFrom(typed: string): ModelAddress {
  const text = typed.trim()
  if (text.length > MOST_LETTERS) return no("This address is too long.")
  if (!URL.canParse(text)) return no(`${quoted(text)} is no address. Write one such as https://api.example.com/v1.`)
  const url = new URL(text)
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return no("The address begins with neither https:// nor http://.")
  if (url.username !== "" || url.password !== "")
    return no("There is a name or password in this address. Put the key into its own field.")
  if (url.protocol === "http:" && isPublicAddress(url.hostname))
    return no(
      "This address is on the internet and not encrypted: what you write and your key could be read on the way. Use https://.",
    )
  url.search = url.hash = ""
  return { ok: true, baseUrl: url.href.replace(/\/+(chat\/completions)?\/*$/, "") }
}

/** Whether a host name may lead to somebody else's computer; those of this computer and of a home network do not. */
export function isPublicAddress(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/^\[|\]$/g, "")
  if (name.includes(":")) return !/^(::1$|f[cd]|fe[89ab])/.test(name)
  if (/^\d+(\.\d+){3}$/.test(name)) return !isPrivateNumber(name.split(".").map(Number))
  return !(name === "localhost" || /\.(localhost|local|lan|home\.arpa|internal)$/.test(name) || !name.includes("."))
}

function isPrivateNumber([a, b]: number[]): boolean {
  return (
    a === 127 || a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 169 && b === 254)
  )
}

function no(because: string): ModelAddress {
  return { ok: false, because }
}
