import fc from "fast-check"
import { expect, test } from "vitest"
import { numberFromBytes } from "./csv-number.ts"

function read(text: string): number {
  const bytes = new TextEncoder().encode(`x${text},`)
  return numberFromBytes(bytes, 1, bytes.length - 1)
}

function readsExactly(text: string): void {
  expect(read(text), text).toBe(Number(text))
}

const digits = (most: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from("0123456789")), minLength: 1, maxLength: most })
const sign = fc.constantFrom("", "-", "+")

test("any decimal reads to exactly the bits Number() gives", () => {
  fc.assert(
    fc.property(sign, digits(20), digits(25), (minus, whole, fraction) => readsExactly(`${minus}${whole}.${fraction}`)),
    { numRuns: 4000 },
  )
  fc.assert(
    fc.property(sign, digits(22), (minus, whole) => readsExactly(`${minus}${whole}`)),
    { numRuns: 2000 },
  )
  fc.assert(
    fc.property(sign, digits(6), digits(12), fc.integer({ min: -330, max: 330 }), (minus, whole, fraction, exponent) =>
      readsExactly(`${minus}${whole}.${fraction}e${exponent}`),
    ),
    { numRuns: 2000 },
  )
})

test("any number as JavaScript writes it comes back", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => readsExactly(String(value))),
    { numRuns: 3000 },
  )
})

test("numbers at the edge of the fast way come back exactly", () => {
  const edges = [
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "0.9007199254740993",
    "0.9007199254740992",
    "1e22",
    "0.0000000000000000000001",
    "0.00000000000000000000001",
    "00000000000000000000000001.5",
    "67462293.2399999946",
    "-0",
    "-0.0",
    "5.",
    ".5",
    "1.7976931348623157e308",
    "5e-324",
    "123456789012345678901234567890",
  ]
  for (const text of edges) expect(read(text), text).toBe(Number(text))
})

test("anything but a plain decimal is not a number", () => {
  for (const text of [
    "",
    " ",
    "-",
    "+",
    ".",
    "-.",
    "1.2.3",
    "1,5",
    "1 000",
    "0x10",
    "1_000",
    "Infinity",
    "NaN",
    "1e",
    "e5",
    "1e5.5",
    "--1",
    "12a",
    "١٢",
  ]) {
    expect(read(text), text).toBeNaN()
  }
})
