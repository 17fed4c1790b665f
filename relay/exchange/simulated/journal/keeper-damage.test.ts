import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { KeptFiles } from "./kept-files.ts"
import { KeptStory, pass, place, priced, trader } from "./testing/kept-story.ts"

let story: KeptStory
beforeEach(() => void (story = new KeptStory()))
afterEach(() => story.end())

/** Changes one byte of a file. */
function damage(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] ^= 0x55
  writeFileSync(file, bytes)
}

test("a journal that ends anywhere inside its last entry loses that entry alone, and nothing when it is whole", () => {
  const exchange = trader(story.open())
  place(exchange, { type: "MARKET" })
  const before = story.journal().bytes
  place(exchange, { type: "LIMIT", timeInForce: "GTC", price: priced(exchange, 0.9) })
  const { bytes } = story.journal()
  const whole = new KeptFiles(story.folder).read()!.entries
  for (let cut = before; cut <= bytes; cut++) {
    const { entries, cutBytes, isTorn } = new KeptFiles(story.afterKill(cut)).read()!
    expect({ entries, cutBytes, isTorn }).toEqual({
      entries: cut === bytes ? whole : whole.slice(0, -1),
      cutBytes: cut === bytes ? 0 : cut - before,
      isTorn: true,
    })
  }
})

test("when the journal is torn a sentence says so, and the exchange goes on", () => {
  const exchange = trader(story.open())
  place(exchange, { type: "MARKET" })
  place(exchange, { type: "MARKET" })
  const again = story.open(story.afterKill(story.journal().bytes - 5))
  expect(again.state.venue.orders.size).toBe(1)
  expect(story.told).toEqual([
    expect.stringMatching(
      /^The practice exchange's journal ended in the middle of an entry \(\d+ bytes were cut off\), as after a power cut\. Nothing it had confirmed is lost\.$/,
    ),
  ])
  place(again, { type: "MARKET" })
  expect(again.state.venue.orders.size).toBe(2)
})

test("a journal damaged in its middle gives what is before the damage; the file is kept, and a sentence says so", () => {
  const exchange = trader(story.open())
  const untilHere = story.journal().bytes
  for (let round = 0; round < 5; round++) place(exchange, { type: "MARKET" })
  const image = story.afterKill()
  damage(story.journal(image).path, untilHere + 20)
  const again = story.open(image)
  expect(again.state.venue.orders.size).toBe(0)
  expect(again.state.venue.accounts.size).toBe(1)
  expect(story.told).toEqual([
    `The practice exchange's journal is damaged, and some of what happened after 2026-11-29T10:00:30.000Z is lost. The damaged file is ${image}-damaged/journal-1.`,
  ])
  expect(existsSync(`${image}-damaged/journal-1`)).toBe(true)
})

test("whatever file is damaged or missing, the exchange begins anew beside what is left, and says so", () => {
  const exchange = trader(story.open())
  place(exchange, { type: "MARKET" })
  pass(exchange, 16 * MINUTE_MS)
  const harms: ((file: string) => void)[] = [(file) => damage(file, 30), (file) => writeFileSync(file, ""), rmSync]
  for (const harm of harms)
    for (const part of ["snapshot", "ended-1"]) {
      story.told.length = 0
      const image = story.afterKill()
      harm(join(image, part))
      const again = trader(story.open(image))
      expect(story.told, part).toEqual([
        expect.stringMatching(
          /^The practice exchange cannot go on with what it kept \(.+\), so its accounts begin anew\. The old files are in .*-damaged\.$/,
        ),
      ])
      expect(readdirSync(`${image}-damaged`).length).toBeGreaterThan(1)
      expect(place(again, { type: "MARKET" }).orderId).toBe(1)
    }
})

test("a second damage does not take the place of the first", () => {
  trader(story.open())
  for (const aside of ["practice-damaged", "practice-damaged-2", "practice-damaged-3", "practice-damaged-3"]) {
    damage(join(story.folder, "snapshot"), 30)
    story.open().keeper!.close()
    expect(story.told.at(-1)).toContain(`The old files are in ${join(story.home, aside)}.`)
  }
  expect(readdirSync(story.home).sort()).toEqual([
    "practice",
    "practice-damaged",
    "practice-damaged-2",
    "practice-damaged-3",
  ])
})

test("what another version has written is kept aside, too", () => {
  const exchange = trader(story.open())
  const { generation } = story.journal()
  const image = story.afterKill()
  const files = new KeptFiles(image)
  const { snapshot } = files.read()!
  files.write({ ...snapshot, generation: generation + 1, version: 99 })
  trader(story.open(image))
  expect(story.told[0]).toContain("another version of Candlewright has written it")
  expect(exchange.state.venue.accounts.size).toBe(1)
})
