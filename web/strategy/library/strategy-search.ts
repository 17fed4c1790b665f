import type { KeptStrategy } from "../../db/kept-strategy.ts"

/** The strategies in which every word is found: in name, description, tags, markets, rules; and which have the tag. */
export function foundStrategies(
  strategies: readonly KeptStrategy[],
  { words, tag }: { words: string; tag: string | undefined },
): KeptStrategy[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  return strategies.filter((strategy) => {
    if (tag !== undefined && !strategy.tags.includes(tag)) return false
    const text = plain(textOf(strategy))
    return wanted.every((word) => text.includes(word))
  })
}

/** Every tag in use, in the order of the alphabet. */
export function tagsOf(strategies: readonly KeptStrategy[]): string[] {
  return [...new Set(strategies.flatMap(({ tags }) => tags))].toSorted((a, b) => a.localeCompare(b))
}

function textOf({ draft, tags }: KeptStrategy): string {
  const { name, description, timeframe, markets, series, long, short } = draft
  return [name, description, timeframe, ...(markets ?? []), ...tags, JSON.stringify([series, long, short])].join(" ")
}

/** Without accents, case and what is not seen: a person types what they see. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase()
}
