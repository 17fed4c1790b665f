/** A number as exchanges write it, or none. */
export type Text = string | number | null | undefined

/** A number as plain text, the same for the same number: "0.0000001", never "1e-7" or "0.10". */
export function text(value: Text): string {
  if (value === undefined || value === null || value === "") return "0"
  const written = String(value)
  const plain = /e/i.test(written) ? Number(written).toFixed(20) : written
  return plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain
}
