/** How a search chooses what to try: it asks for combinations by number and learns how good each one was. */
export type SearchMethod = {
  /** The next generation of combinations, none of which was asked before; empty: the search is over. */
  ask(): Float64Array
  /** How good each one asked last was, in the order of `ask`; larger is better, NaN cannot be judged. */
  tell(scores: Float64Array): void
}

/** Generations asked and told so far, for a search to go on from. */
export type Told = { numbers: Float64Array; scores: Float64Array }

/**
 * Takes a new method to where it was after these generations: a search that goes on asks what it would have asked
 * without the break.
 * @throws when the method asks for other combinations: its space, its seed or its plan is another
 */
export function restore(method: SearchMethod, told: Iterable<Told>): void {
  for (const { numbers, scores } of told) {
    const asked = method.ask()
    const isSame = asked.length === numbers.length && asked.every((number, at) => number === numbers[at])
    if (!isSame) throw new Error("these trials are of another search; nothing was lost, begin a new one")
    method.tell(scores)
  }
}
