/** A number in plain digits, however small. */
export function plainNumber(value: number): string {
  const text = String(value)
  return text.includes("e") ? value.toFixed(20).replace(/\.?0+$/, "") : text
}
