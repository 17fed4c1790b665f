import { createSecretKey } from "node:crypto"
import { inspect } from "node:util"
import fc from "fast-check"
import { expect, test } from "vitest"
import { realSurroundings } from "../surroundings.ts"
import { type Place, sealed, unsealed } from "./envelope.ts"
import { Secret } from "./secret.ts"

const surroundings = realSurroundings()
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => createSecretKey(bytes))
const words = fc.string({ maxLength: 20 })
const places: fc.Arbitrary<Place> = fc.record({
  instance: words,
  owner: words,
  account: words,
  exchange: words,
  field: words,
  version: fc.nat(1_000),
})
const texts = fc.uint8Array({ maxLength: 300 })

test("what was sealed for a place opens there, and is sealed differently each time", () => {
  fc.assert(
    fc.property(texts, keys, places, (plain, key, place) => {
      const text = sealed(plain, { key, place, surroundings })
      expect(new Uint8Array(unsealed(text, { key, place })!)).toEqual(plain)
      expect(sealed(plain, { key, place, surroundings })).not.toBe(text)
    }),
  )
})

test("with any bit flipped, cut short or made longer, it does not open", () => {
  fc.assert(
    fc.property(texts, keys, places, fc.nat(), fc.nat(7), (plain, key, place, at, bit) => {
      const text = sealed(plain, { key, place, surroundings })
      const letters = Buffer.from(text)
      letters[at % letters.length] ^= 1 << bit
      expect(unsealed(letters.toString("latin1"), { key, place })).toBeUndefined()
      const bytes = Buffer.from(text.slice(4), "base64url")
      bytes[at % bytes.length] ^= 1 << bit
      expect(unsealed(`cw1.${bytes.toString("base64url")}`, { key, place })).toBeUndefined()
      expect(unsealed(text.slice(0, at % text.length), { key, place })).toBeUndefined()
      expect(unsealed(`${text}A`, { key, place })).toBeUndefined()
    }),
  )
})

test("at any other place, by any difference in it, or with another key, it does not open", () => {
  fc.assert(
    fc.property(texts, keys, keys, places, places, (plain, key, otherKey, place, other) => {
      const text = sealed(plain, { key, place, surroundings })
      fc.pre(!key.equals(otherKey))
      expect(unsealed(text, { key: otherKey, place })).toBeUndefined()
      for (const part of Object.keys(place) as (keyof Place)[]) {
        if (place[part] === other[part]) continue
        expect(unsealed(text, { key, place: { ...place, [part]: other[part] } }), part).toBeUndefined()
      }
    }),
  )
})

test("places whose words only run together alike are not alike", () => {
  const key = createSecretKey(Buffer.alloc(32, 1))
  const place = { instance: "a", owner: "bc", account: "", exchange: '","', field: "x", version: 1 }
  const text = sealed(Buffer.from("plain"), { key, place, surroundings })
  expect(unsealed(text, { key, place: { ...place, instance: "ab", owner: "c" } })).toBeUndefined()
  expect(unsealed(text, { key, place: { ...place, account: '","', exchange: "" } })).toBeUndefined()
})

test("a secret shows in no log, JSON, text or error, only when it is asked for", () => {
  const secret = new Secret("canary")
  const shown = [String(secret), JSON.stringify({ secret }), inspect({ secret }, { showHidden: true, depth: 9 })]
  expect(shown.join()).not.toContain("canary")
  expect(new Error(`with ${String(secret)}`).message).toBe("with (secret)")
  expect(secret.reveal()).toBe("canary")
})
