import { plainText, quotedList } from "#engine/candles"
import type { Words } from "#engine/idea"

const MOST_NAMED = 5

/** The words of the sentence that changed nothing, by name: nobody is left to believe that they count. */
export function NotHeard({ words }: { words: readonly Words[] }) {
  if (words.length === 0) return null
  const named = quotedList(
    words.map((each) => plainText(each.words, 40)),
    MOST_NAMED,
  )
  return (
    <p data-testid="not-heard" className="max-w-[64ch] text-sm wrap-anywhere text-warn">
      {words.length === 1
        ? "This was not understood and changed nothing"
        : "These were not understood and changed nothing"}
      : {named}.
    </p>
  )
}
