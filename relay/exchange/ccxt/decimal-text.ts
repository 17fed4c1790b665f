// Exact sums and products of decimal texts, of any length. ccxt has the same, but to load ccxt costs half a second.

type Exact = { digits: bigint; places: number }

export function sumOf(one: string, other: string): string {
  const [first, second] = [exact(one), exact(other)]
  const places = Math.max(first.places, second.places)
  return textOf({ digits: atPlaces(first, places) + atPlaces(second, places), places })
}

export function productOf(one: string, other: string): string {
  const [first, second] = [exact(one), exact(other)]
  return textOf({ digits: first.digits * second.digits, places: first.places + second.places })
}

function exact(text: string): Exact {
  const found = /^(-?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text)
  if (!found || `${found[2]}${found[3] ?? ""}` === "") throw new Error("an amount is no decimal")
  const [, sign, whole, fraction = "", exponent = "0"] = found
  const places = fraction.length - Number(exponent)
  const digits = BigInt(`${sign}${whole}${fraction}`)
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places }
}

function atPlaces({ digits, places }: Exact, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - places)
}

/** Without zeros at its end. */
function textOf({ digits, places }: Exact): string {
  const all = String(digits < 0n ? -digits : digits).padStart(places + 1, "0")
  const whole = all.slice(0, all.length - places)
  const fraction = all.slice(all.length - places).replace(/0+$/, "")
  return `${digits < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`
}
