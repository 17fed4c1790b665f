/** Longer between two looks, and the device slept: that time says nothing of the work. */
const LONGEST_LOOK_MS = 5_000
/** The pace is of so much time of working, and of at least so much of the work: a stage that stands says little. */
const RECENT_MS = 30_000
const RECENT_SHARE = 0.1
/** Before so much working time nothing is foretold. */
const FIRST_MS = 2_000

type Look = { workedMs: number; share: number }

/** Foretells when work ends, from its pace of late. Look at it every second or so; time asleep or paused does not count. */
export class TimeLeft {
  #lastMs: number | undefined
  #workedMs = 0
  #looks: Look[] = []

  /** Takes note of how much of the work is done, 0 to 1. */
  look(nowMs: number, share: number): void {
    const passedMs = nowMs - (this.#lastMs ?? nowMs)
    this.#lastMs = nowMs
    if (passedMs > LONGEST_LOOK_MS || passedMs < 0) return this.#moveTo(share)
    this.#workedMs += passedMs
    const stands = this.#looks.at(-2)?.share === share && this.#looks.at(-1)?.share === share
    if (stands) this.#looks.pop()
    this.#looks.push({ workedMs: this.#workedMs, share })
    this.#forgetOld(share)
  }

  /** Undefined while too little is known. */
  get seconds(): number | undefined {
    const [first] = this.#looks
    const last = this.#looks.at(-1)
    if (!last || last.workedMs < FIRST_MS || last.share <= first.share) return undefined
    const msOfAll = (last.workedMs - first.workedMs) / (last.share - first.share)
    return ((1 - last.share) * msOfAll) / 1_000
  }

  /** What was done while nobody looked is done, and has no pace. */
  #moveTo(share: number): void {
    const done = share - (this.#looks.at(-1)?.share ?? share)
    this.#looks = this.#looks.map((look) => ({ ...look, share: look.share + done }))
  }

  #forgetOld(share: number): void {
    const isRecent = (look: Look) => look.workedMs > this.#workedMs - RECENT_MS || look.share > share - RECENT_SHARE
    while (this.#looks.length > 2 && !isRecent(this.#looks[1])) this.#looks.shift()
  }
}
