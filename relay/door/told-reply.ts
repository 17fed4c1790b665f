import type { Reply } from "#engine/idea"

/** A reply in the names others know it by: the person's words are `text`, and what they became is `as`; it always has `flags`. */
export function toldReply({ understood, notUnderstood, ...rest }: Reply) {
  return {
    flags: [],
    ...rest,
    understood: understood.map((each) => ({ text: each.words, as: each.meaning, ...each })),
    notUnderstood: notUnderstood.map((each) => ({ text: each.words, ...each })),
  }
}
