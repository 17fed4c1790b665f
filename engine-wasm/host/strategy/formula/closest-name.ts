/**
 * The known name that a mistyped or truncated one most likely meant, or undefined when none is close
 * (Damerau-Levenshtein distance, Damerau 1964).
 */
export function closestName(typed: string, known: Iterable<string>): string | undefined {
  const farthest = Math.max(1, Math.min(3, Math.floor((typed.length + 1) / 3)))
  const names = [...known]
  const whole = typed.length >= 3 ? names.find((name) => name.toLowerCase().startsWith(typed.toLowerCase())) : undefined
  if (whole !== undefined) return whole
  let closest: { name: string; distance: number } | undefined
  for (const name of names) {
    if (Math.abs(name.length - typed.length) > farthest) continue
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase())
    if (distance <= farthest && (!closest || distance < closest.distance)) closest = { name, distance }
  }
  return closest?.name
}

/** " did you mean `x`?" to append to a sentence, or nothing. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const name = closestName(typed, known)
  return name === undefined ? "" : `; did you mean \`${name}\`?`
}

/** How many slips lie between two words: letters too many, missing, wrong or swapped. */
export function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i])
  for (let j = 1; j <= b.length; j++) rows[0][j] = j
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) rows[i][j] = cheapestEdit(rows, { a, b, i, j })
  return rows[a.length][b.length]
}

function cheapestEdit(rows: number[][], { a, b, i, j }: { a: string; b: string; i: number; j: number }): number {
  const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2][j - 2] + 1 : Infinity
  return Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, replaced, swapped)
}
