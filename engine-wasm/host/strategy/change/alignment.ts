/** One step on the way from one list to another. */
export type AlignedItem = { kind: "same" | "removed" | "added"; text: string }

/** Beyond so many cells the middle of two lists counts as replaced altogether: nobody reads such a difference. */
const MOST_CELLS = 4_000_000

/** Tells two lists apart item by item with as many items kept as possible; what is removed comes before what is added. */
export function alignedItems(before: readonly string[], after: readonly string[]): AlignedItem[] {
  const head = sameAtStart(before, after)
  const tail = sameAtStart(before.slice(head).toReversed(), after.slice(head).toReversed())
  return [
    ...itemsOf("same", before.slice(0, head)),
    ...alignedMiddles(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...itemsOf("same", before.slice(before.length - tail)),
  ]
}

function alignedMiddles(before: readonly string[], after: readonly string[]): AlignedItem[] {
  if (before.length === 0 || after.length === 0 || before.length * after.length > MOST_CELLS)
    return [...itemsOf("removed", before), ...itemsOf("added", after)]
  return walked(before, after, longestKept(before, after))
}

function itemsOf(kind: AlignedItem["kind"], texts: readonly string[]): AlignedItem[] {
  return texts.map((text) => ({ kind, text }))
}

function sameAtStart(a: readonly string[], b: readonly string[]): number {
  const end = Math.min(a.length, b.length)
  for (let at = 0; at < end; at++) if (a[at] !== b[at]) return at
  return end
}

/** How many items the rests from (i, j) on can keep, row by row (longest common subsequence). */
function longestKept(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1
  const kept = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      kept[i * width + j] =
        before[i] === after[j]
          ? kept[(i + 1) * width + j + 1] + 1
          : Math.max(kept[(i + 1) * width + j], kept[i * width + j + 1])
  return kept
}

function walked(before: readonly string[], after: readonly string[], kept: Uint32Array): AlignedItem[] {
  const width = after.length + 1
  const items: AlignedItem[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      items.push({ kind: "same", text: before[i++] })
      j++
    } else if (i < before.length && (j === after.length || kept[(i + 1) * width + j] >= kept[i * width + j + 1]))
      items.push({ kind: "removed", text: before[i++] })
    else items.push({ kind: "added", text: after[j++] })
  }
  return items
}
