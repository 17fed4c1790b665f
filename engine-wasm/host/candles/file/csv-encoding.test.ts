import { expect, test } from "vitest"
import { CandleCsvReader } from "./candle-csv-reader.ts"

const rows = (cell: string) =>
  Array.from({ length: 40 }, (_, n) => `2024-01-01 ${String(n % 24).padStart(2, "0")}:00,1,2,1,2,7,${cell}`).slice(
    0,
    24,
  )

function read(lines: string[], encoding: BufferEncoding, pieceBytes: number) {
  const bytes = Buffer.from(`${lines.join("\n")}\n`, encoding)
  const reader = new CandleCsvReader()
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes))
  return reader.finish()
}

test.each([1, 2, 3, 5, 7, 64, 100_000])(
  "letters of Windows programs and of UTF-8 are read, in pieces of %d",
  (bytes) => {
    const header = "Zeit,Eröffnung,Hoch,Tief,Schluss,Stücke,größe"
    const western = read([header, ...rows("5")], "latin1", bytes)
    expect(western.ok && western.notes).toContainEqual(expect.stringContaining("not in UTF-8"))
    expect(western.ok && western.candles.volume[0]).toBe(7)
    const utf8 = read([header, ...rows("5")], "utf8", bytes)
    expect(utf8.ok && utf8.notes.join()).not.toContain("UTF-8")
    expect(utf8.ok && western.ok && [...utf8.candles.openTimeMs]).toEqual(western.ok && [...western.candles.openTimeMs])
  },
)

test.each([1, 3, 100_000])(
  "markets named in Western letters are asked about by their names, in pieces of %d",
  (bytes) => {
    const lines = [
      "time,open,high,low,close,volume,name",
      ...rows("Société").slice(0, 12),
      ...rows("Générale").slice(12),
    ]
    for (const encoding of ["latin1", "utf8"] as const) {
      const answer = read(lines, encoding, bytes)
      expect(answer.ok || answer.because).toContain('changes from "Société" to "Générale"')
    }
  },
)

test("a header in letters of neither says that the file is not UTF-8", () => {
  const answer = read(
    ["Дата,Открытие,x,y,z,w", ...rows("5")].map((line) => line.replace(/[А-я]/g, "\u00cf")),
    "latin1",
    64,
  )
  expect(answer.ok || answer.because).toMatch(/^Row 1: .* not in UTF-8: .* save it as UTF-8\.$/)
})
