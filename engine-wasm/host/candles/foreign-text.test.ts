import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { csvTextCell, plainLines, plainText, quoted, quotedList, SHOWN_LETTERS } from "./foreign-text.ts"

/** Foreign texts: terminal sequences, direction marks, floods, halves of letters, ordinary words. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\u001b]0;owned\u0007",
        "\r\u001b[1A\u001b[2K",
        "\u009b31m",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u2028",
      ),
      fc.constantFrom(
        "\ud800",
        "\udc00",
        "\u0000",
        "\n",
        "\t",
        "\u007f",
        "a\u0301\u0301\u0301\u0301\u0301",
        "𝔸",
        "é",
        '"',
      ),
      fc.string({ unit: "binary" }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""))

const dangerous = /\p{Cc}|[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u
const halves = /\p{Cs}/u

describe("a stranger's text", () => {
  test("never moves a cursor, hides, reverses or breaks a line, and is never long", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const shown of [plainText(text), quoted(text), quotedList([text, text])]) {
          expect(shown).not.toMatch(dangerous)
          expect(shown).not.toMatch(halves)
        }
        // Each letter becomes at most ten: \u{10ffff}.
        expect(plainText(text).length).toBeLessThanOrEqual(SHOWN_LETTERS * 10 + 1)
      }),
    )
  })

  test("cannot close the quotes around it", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(quoted(text)).toMatch(/^"(?:[^"\\]|\\"|\\)*"$/s)
      }),
    )
    expect(quoted('5" and more')).toBe('"5\\" and more"')
  })

  test("is shown as it is when it is plain, whatever the language", () => {
    for (const plain of ["BTC/USDT", "Größe 12,5 %", "комиссия", "終値", "price 🙂", "C:\\candles\\btc.csv"])
      expect(plainText(plain)).toBe(plain)
  })

  test("is spelled out where it is not", () => {
    expect(plainText("a\u001b[2Kb\u202ec")).toBe("a\\u{1b}[2Kb\\u{202e}c")
    expect(quoted("x".repeat(500_000))).toBe(`"${"x".repeat(SHOWN_LETTERS)}…"`)
    expect(quotedList(["a", "b", "c"], 2)).toBe('"a", "b" and 1 more')
  })

  test("takes no time, however long it is", () => {
    expect(plainText("\u001b".repeat(2 ** 28)).length).toBeLessThan(1000)
  })
})

test("our own lines keep their ends and tabs, and nothing else that is unseen", () => {
  expect(plainLines("one\ttwo\nthree\r\u001b[2K")).toBe("one\ttwo\nthree\\u{d}\\u{1b}[2K")
})

describe("a text cell of a CSV file", () => {
  test("is no formula to a spreadsheet, stays one cell and one line", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const cell = csvTextCell(text)
        expect(cell).not.toMatch(/^"?\s*[=+\-@＝＋－＠]/)
        expect(cell).not.toMatch(/[\r\n]/)
        expect(cell).toMatch(/^(?:[^",;]*|"(?:[^"]|"")*")$/)
      }),
    )
  })

  test.each([
    ["BTC/USDT", "BTC/USDT"],
    ["rsi(close, 14)", '"rsi(close, 14)"'],
    ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
    ["-close", '"\'-close"'],
    ["＠SUM(1)", '"\'＠SUM(1)"'],
    ["\t@SUM(1)", "\\u{9}@SUM(1)"],
  ])("%j is %j", (text, cell) => expect(csvTextCell(text)).toBe(cell))
})
