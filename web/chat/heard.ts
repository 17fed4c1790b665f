import type { Said, Understood, Words } from "#engine/idea"

/** A stretch of the person's sentence: as it is, understood as something, or not understood. */
export type Heard =
  | { kind: "plain" | "missed"; text: string; from: number }
  | { kind: "understood"; text: string; from: number; as: Understood }

/** The person's sentence in stretches, in its order; nothing of it is left out, whatever the offsets say. */
export function heardIn(
  sentence: string,
  { understood, notUnderstood }: Pick<Said, "understood" | "notUnderstood">,
): Heard[] {
  const marks: Mark[] = [...understood.map((words) => ({ ...words, as: words })), ...notUnderstood].filter(
    (words) => words.from >= 0 && words.from < words.to && words.to <= sentence.length,
  )
  const heard: Heard[] = []
  let at = 0
  for (const mark of marks.toSorted((one, other) => one.from - other.from || other.to - one.to)) {
    if (mark.from < at) continue
    if (mark.from > at) heard.push({ kind: "plain", from: at, text: sentence.slice(at, mark.from) })
    const text = sentence.slice(mark.from, mark.to)
    heard.push(
      mark.as ? { kind: "understood", from: mark.from, text, as: mark.as } : { kind: "missed", from: mark.from, text },
    )
    at = mark.to
  }
  if (at < sentence.length) heard.push({ kind: "plain", from: at, text: sentence.slice(at) })
  return heard
}

type Mark = Words & { as?: Understood }
