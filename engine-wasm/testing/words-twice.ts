import type { Reply } from "../host/idea/reply.ts"

/** Words of a sentence that its reply calls both understood and not understood; none in a right reply. */
export function wordsTwice({ understood, notUnderstood }: Reply): string[] {
  return understood.flatMap((read) =>
    notUnderstood
      .filter((unread) => read.from < unread.to && unread.from < read.to)
      .map((unread) => `${read.words} ∩ ${unread.words}`),
  )
}
