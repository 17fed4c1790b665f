import { expect, test } from "vitest"
import { remoteUseFrom } from "./remote-use.ts"

const PUBLIC = { CANDLEWRIGHT_PUBLIC_URL: "https://bots.example.org" }
const certificate = { CANDLEWRIGHT_TLS_CERT: "/tls/chain.pem", CANDLEWRIGHT_TLS_KEY: "/tls/key.pem" }

test("an environment that says nothing opens nothing", () => {
  expect(remoteUseFrom({})).toBeUndefined()
  expect(remoteUseFrom({ CANDLEWRIGHT_PUBLIC_URL: "", CANDLEWRIGHT_LISTEN: "" })).toBeUndefined()
})

test("a proxy on this computer needs no door of its own; one elsewhere does", () => {
  const beside = remoteUseFrom({ ...PUBLIC, CANDLEWRIGHT_TRUSTED_PROXY: "127.0.0.1, ::1" })!
  expect(beside).toMatchObject({ address: { origin: "https://bots.example.org" }, listen: undefined })
  expect(["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.0.0.2", "x", ""].map(beside.address.isProxy)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  const away = { ...PUBLIC, CANDLEWRIGHT_TRUSTED_PROXY: "172.18.0.0/16" }
  expect(() => remoteUseFrom(away)).toThrow(/another computer.*CANDLEWRIGHT_LISTEN/)
  expect(remoteUseFrom({ ...away, CANDLEWRIGHT_LISTEN: "[::]:8788" })!.listen).toEqual({ host: "::", port: 8788 })
})

test("a certificate is served at the public address's port unless said otherwise", () => {
  expect(remoteUseFrom({ ...PUBLIC, ...certificate })!.listen).toEqual({ host: "::", port: 443 })
  const elsewhere = { ...PUBLIC, ...certificate, CANDLEWRIGHT_LISTEN: "0.0.0.0:9443" }
  expect(remoteUseFrom(elsewhere)!.listen).toEqual({ host: "0.0.0.0", port: 9443 })
})

test.each([
  ["an open door without an address", { CANDLEWRIGHT_LISTEN: "0.0.0.0:8788" }, /CANDLEWRIGHT_PUBLIC_URL/],
  ["a proxy without an address", { CANDLEWRIGHT_TRUSTED_PROXY: "127.0.0.1" }, /CANDLEWRIGHT_PUBLIC_URL/],
  ["an address without TLS", PUBLIC, /without TLS/],
  ["an open door without TLS", { ...PUBLIC, CANDLEWRIGHT_LISTEN: "0.0.0.0:8788" }, /without TLS/],
  ["http", { CANDLEWRIGHT_PUBLIC_URL: "http://bots.example.org" }, /https/],
  ["a path", { CANDLEWRIGHT_PUBLIC_URL: "https://bots.example.org/bots" }, /without a path/],
  ["a name with a password", { CANDLEWRIGHT_PUBLIC_URL: "https://me:pw@bots.example.org" }, /without a path/],
  ["no address at all", { CANDLEWRIGHT_PUBLIC_URL: "bots.example.org" }, /with https/],
  ["half a certificate", { ...PUBLIC, CANDLEWRIGHT_TLS_CERT: "/tls/chain.pem" }, /belong together/],
  ["two who speak TLS", { ...PUBLIC, ...certificate, CANDLEWRIGHT_TRUSTED_PROXY: "127.0.0.1" }, /Either/],
  ["the whole internet as a proxy", { ...PUBLIC, CANDLEWRIGHT_TRUSTED_PROXY: "0.0.0.0/0" }, /small range/],
  ["a name as a proxy", { ...PUBLIC, CANDLEWRIGHT_TRUSTED_PROXY: "caddy" }, /network address/],
  ["a door without a port", { ...PUBLIC, ...certificate, CANDLEWRIGHT_LISTEN: "0.0.0.0" }, /with a port/],
  ["a door at a name", { ...PUBLIC, ...certificate, CANDLEWRIGHT_LISTEN: "localhost:1" }, /address of this computer/],
])("%s is refused at the start", (_, environment, sentence) => {
  expect(() => remoteUseFrom(environment)).toThrow(sentence)
})
