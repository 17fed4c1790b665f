import { useEffect, useMemo, useState } from "react"
import { plainText } from "#engine/candles"
import type { TestedOn, WrittenStrategy } from "#engine/strategy"
import type { StrategyReply } from "#engine/idea"
import type { ChatTurn } from "../db/chat-turn.ts"
import { findStrategy } from "../db/kept-strategy.ts"
import { useKept } from "../db/use-kept.ts"
import { useMarkets } from "../market/index.ts"
import { settingsOf } from "../run/settings-of.ts"
import { usualCash } from "../run/usual-cash.ts"
import { useStable } from "../ui/use-stable.ts"
import { saidBalance } from "./answer.ts"
import { applyCard, takenBack } from "./apply-card.ts"
import { cardHash } from "./card-hash.ts"
import { type TestPlace, testPlace } from "./test-setup.ts"
import { baseOf } from "./unused-change.ts"
import type { Conversation } from "./use-conversation.ts"

type Card = {
  /** Of exactly the strategy that is shown; undefined until it is known. */
  hash: string | undefined
  /** Whether it changes a strategy that was there, and whether that one is in the library. */
  isChange: boolean
  isOfLibrary: boolean
  /** What it changes, with the unused changes it stands on. */
  base: WrittenStrategy | undefined
  place: TestPlace
  testedOn: TestedOn
  standsInFor?: string
  problem: string | undefined
  apply: () => void
  takeBack: () => void
}

/** What a strategy in an answer is bound to, where it would be tested, and the way to confirm it. */
export function useCard(
  turn: ChatTurn,
  { document, changes }: StrategyReply,
  { thread, put, branch }: Conversation,
): Card {
  const [hash, setHash] = useState<string>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    let isShown = true
    void cardHash(document).then((found) => isShown && setHash(found))
    return () => void (isShown = false)
  }, [document])
  const isChange = changes !== undefined && turn.given !== undefined
  const strategyId = turn.applied?.strategyId ?? (isChange ? thread.strategyId : undefined)
  const kept = useKept(async () => strategyId && (await findStrategy(strategyId)), [strategyId])
  const saved = useMarkets()
  const settings = (kept.state === "ready" && kept.value ? kept.value.settings : undefined) ?? addressOf(thread)
  const markets = saved.state === "ready" ? saved.value : undefined
  const balanceQuote = saidBalance(branch)
  const cash = balanceQuote === undefined ? undefined : Number(balanceQuote)
  const place = useMemo(() => testPlace(document, markets ?? [], settings, cash), [document, markets, settings, cash])
  const testedOn = useMemo(
    () => ({
      markets: document.markets.length > 0 ? document.markets.map((name) => plainText(name)) : [place.market.name],
      currency: place.market.quote,
      cash: place.setup.cash ?? usualCash(place.market.quote),
    }),
    [document, place],
  )
  const apply = useStable(async () => {
    if (!hash) return
    setProblem(undefined)
    const answer = await applyCard({ turn, branch, hash, strategyId, settings: settingsOf(place.setup) })
    if (!answer.ok) {
      if (answer.standing) put(answer.standing)
      return setProblem(answer.because)
    }
    put({ ...turn, applied: answer.applied, isTakenBack: false }, { strategyId: answer.applied.strategyId })
  })
  const takeBack = useStable(async () => {
    if (!turn.applied) return
    put(...(await takenBack(turn, turn.applied)))
  })
  return {
    hash,
    isChange,
    isOfLibrary: strategyId !== undefined,
    base: baseOf(turn, branch),
    place,
    testedOn,
    standsInFor: place.standsInFor,
    problem,
    apply,
    takeBack,
  }
}

/** Where the run that is talked about was tested. */
function addressOf({ subject }: Conversation["thread"]): string | undefined {
  return subject?.kind === "run" ? subject.address : undefined
}
