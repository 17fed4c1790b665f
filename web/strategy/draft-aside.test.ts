import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { templates } from "../run/template-of.ts"
import { draftAside, putDraftAside } from "./draft-aside.ts"

const [{ id, document }] = templates
let stored: Map<string, string>

beforeEach(() => {
  stored = new Map()
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => void stored.set(key, text),
    removeItem: (key: string) => void stored.delete(key),
  })
  putDraftAside(id, undefined)
})

afterEach(() => vi.unstubAllGlobals())

test("a changed template is put aside with the moment it was changed, until it is forgotten", () => {
  const changed = { ...document, description: "Mine." }
  const beforeMs = Date.now()
  putDraftAside(id, changed)
  expect(draftAside(id)?.document).toEqual(changed)
  expect(draftAside(id)?.changedAtMs).toBeGreaterThanOrEqual(beforeMs)
  putDraftAside(id, undefined)
  expect(draftAside(id)).toBeUndefined()
})

test("a draft opened again keeps the moment of its last change", () => {
  const aside = { document: { ...document, description: "Mine." }, changedAtMs: 7 }
  stored.set(`candlewright.changed-template.${id}`, JSON.stringify(aside))
  putDraftAside(id, draftAside(id)!.document)
  expect(draftAside(id)).toEqual(aside)
})

test("what an older version put aside is still there, without its moment", () => {
  stored.set(`candlewright.changed-template.${id}`, JSON.stringify(document))
  expect(draftAside(id)).toEqual({ document, changedAtMs: undefined })
})

test("what is no strategy is not taken for one", () => {
  for (const text of ["", "{", "7", '{"document":7,"changedAtMs":1}', "null"]) {
    stored.set(`candlewright.changed-template.${id}`, text)
    expect(draftAside(id)).toBeUndefined()
  }
})
