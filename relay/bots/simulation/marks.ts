import { nextAct, type Standing } from "../next-act.ts"
import { MarketDesk } from "../market-desk.ts"
import { replaceMethod } from "./replaced-method.ts"

/** How often each path was taken. */
export class Marks {
  readonly counts = new Map<string, number>()

  hit(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }

  /** Counts every act that a desk comes to; call what it returns to stop. */
  watchActs(): () => void {
    const hit = (at: Standing) => {
      const act = nextAct(at)
      if (act) this.hit(`act ${act.do}`)
      return at
    }
    return replaceMethod(
      MarketDesk.prototype,
      "standing",
      (standing) =>
        function (this: MarketDesk, ...words) {
          return hit(standing.apply(this, words))
        },
    )
  }

  add({ counts }: Marks): void {
    for (const [name, count] of counts) this.counts.set(name, (this.counts.get(name) ?? 0) + count)
  }
}
