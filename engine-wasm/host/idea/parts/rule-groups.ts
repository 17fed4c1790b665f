/** What groups look at: conditions, the words that join them, and the deeds that part them. */
type Joined =
  | { kind: "condition"; join: "and" | "or"; bracket?: number }
  | { kind: "link"; concept: string }
  | { kind: string }

/** "Either A or B, and C": alternatives that are cut off by a comma, or begin with "either", are one condition. */
export function groupAlternatives(events: readonly Joined[]) {
  let run: Joined[] = []
  for (const event of [...events, { kind: "action" }]) {
    if (event.kind === "condition" || event.kind === "link") run.push(event)
    else {
      groupRun(run)
      run = []
    }
  }
}

function groupRun(run: readonly Joined[]) {
  const groups: Joined[][] = [[]]
  run.forEach((event, at) => {
    const isCut = isLink(event, ",") && isLink(run[at + 1], "and")
    if (isCut || isLink(event, "either")) groups.push([])
    groups.at(-1)!.push(event)
  })
  const conditions = groups.map((group) => group.filter(isCondition)).filter((group) => group.length > 0)
  if (conditions.length < 2) return
  conditions.forEach((group, n) => {
    const isOr = group.slice(1).some(({ join }) => join === "or")
    if (isOr && group.every(({ bracket }) => bracket === undefined))
      for (const each of group) each.bracket = firstBracket - n
  })
}

/** Brackets that were written count up from the first letter; those that were only heard count down. */
const firstBracket = -1

function isCondition(event: Joined): event is Extract<Joined, { join: string }> {
  return event.kind === "condition"
}

function isLink(event: Joined | undefined, concept: string): boolean {
  return event?.kind === "link" && "concept" in event && event.concept === concept
}
