import fc from "fast-check"
import { expect, test } from "vitest"
import { codeTemplates, strategyFromJson, strategyTemplates } from "#engine/strategy"
import { packed } from "./packed-text.ts"
import { MOST_LINK_LETTERS, shareFragment, sharedFrom } from "./share-link.ts"

const documents = [...strategyTemplates, ...codeTemplates].map(({ document }) => document)
const tested = { engine: "a".repeat(64), data: "b".repeat(64), result: "c".repeat(64) }

async function fragmentOf(document = documents[0]): Promise<string> {
  const shared = await shareFragment(document, tested)
  if (!shared.ok) throw new Error(shared.because)
  return shared.fragment
}

test("every template goes through a link whole, with its fingerprints", async () => {
  for (const document of documents) {
    const shared = await sharedFrom(await fragmentOf(document))
    const checked = strategyFromJson(document)
    expect(shared).toMatchObject({ ok: true, document: checked.ok && checked.strategy, tested })
  }
})

test("names with emoji, right-to-left and unseen letters go through as they are", async () => {
  const name = "😀 \u202eslon\u200b العربية"
  expect(await sharedFrom(await fragmentOf({ ...documents[0], name }))).toMatchObject({ ok: true, document: { name } })
})

test("a link cut anywhere, or with any letter changed, is refused in words", async () => {
  const whole = await fragmentOf()
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: whole.length - 1 }),
      fc.constantFrom("A", "z", "0", "-", "."),
      async (at, letter) => {
        expect(await sharedFrom(whole.slice(0, at))).toMatchObject({ ok: false, because: expect.stringMatching(/\.$/) })
        fc.pre(whole[at] !== letter)
        const changed = `${whole.slice(0, at)}${letter}${whole.slice(at + 1)}`
        expect(await sharedFrom(changed)).toMatchObject({ ok: false })
      },
    ),
  )
})

test("a document edited under its own fingerprint is refused, though its checksum is right", async () => {
  const checked = strategyFromJson(documents[0])
  if (!checked.ok) throw new Error("a template is a strategy")
  const forged = { document: { ...checked.strategy, name: "Other" }, strategyHash: "0".repeat(64) }
  expect(await sharedFrom(await sealed(forged))).toMatchObject({
    ok: false,
    because: expect.stringContaining("fingerprint differs"),
  })
})

test("what a stranger seals is judged like any document", async () => {
  const cases: [unknown, RegExp][] = [
    [{ document: { format: "candlewright.strategy/1" }, strategyHash: "" }, /refused/],
    [[], /refused/],
    [undefined, /refused|cut short/],
    ["x".repeat(800_000), /cut short/],
  ]
  for (const [value, because] of cases)
    expect(await sharedFrom(await sealed(value))).toMatchObject({ ok: false, because: expect.stringMatching(because) })
})

test("foreign, newer and endless links are refused by what they are", async () => {
  const whole = await fragmentOf()
  const cases: [string, RegExp][] = [
    ["", /carries no strategy/],
    ["chapter-2", /no link of Candlewright/],
    [whole.replace(/^s1/, "s2"), /another version/],
    [`${whole}${"A".repeat(MOST_LINK_LETTERS)}`, /more than any of ours/],
  ]
  for (const [fragment, because] of cases)
    expect(await sharedFrom(fragment)).toMatchObject({ ok: false, because: expect.stringMatching(because) })
})

test("a strategy too long for a link, or not finished, says so and what to do", async () => {
  const random = Array.from({ length: 60_000 }, (_, n) => ((n * 2654435761) % 4294967296).toString(36)).join(" ")
  const long = {
    ...codeTemplates[0].document,
    code: { language: "assemblyscript" as const, source: `// ${random.slice(0, 200_000)}` },
  }
  expect(await shareFragment(long)).toMatchObject({ ok: false, because: expect.stringContaining("Save it as a file") })
  expect(await shareFragment({ ...documents[0], long: null })).toMatchObject({
    ok: false,
    because: expect.stringContaining("not finished"),
  })
})

/** As our own links are made, of anything. */
async function sealed(value: unknown): Promise<string> {
  const bytes = await packed(JSON.stringify(value) ?? "undefined")
  const digest = await crypto.subtle.digest("SHA-256", bytes)
  return `s1.${Buffer.from(digest).toString("hex").slice(0, 16)}.${Buffer.from(bytes).toString("base64url")}`
}
