import { Link } from "@tanstack/react-router"
import { verdictOf } from "#engine/result"
import type { ChatTurn } from "../db/chat-turn.ts"
import { findStrategy } from "../db/kept-strategy.ts"
import { findRuns, type SavedRun } from "../db/saved-run.ts"
import { useKept } from "../db/use-kept.ts"
import { MadeUpChip } from "../figure/index.ts"
import { LightList, RunStatus, VerdictPieces } from "../result/index.ts"
import { madeUpOfRun } from "../run/made-up-run.ts"
import { runRefusals } from "../run/run-refusal.ts"
import { parseSearch } from "../search-text.ts"
import { FindGoodValues } from "../strategy/index.ts"
import { buttonClass } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { SideBySide } from "./side-by-side.tsx"
import type { TestPlace } from "./test-setup.ts"
import { tooGoodBecause } from "./too-good.ts"
import { useCardTest } from "./use-card-test.ts"
import type { Conversation } from "./use-conversation.ts"

type CardResultProps = { turn: ChatTurn; conversation: Conversation; place: TestPlace; standsInFor: string | undefined }

/** What the test of a confirmed strategy said: it runs by itself, and stays here for later. */
export function CardResult(props: CardResultProps) {
  const { turn, conversation, standsInFor } = props
  const { applied } = turn
  const before = testBefore(turn, conversation)
  const runIds = [applied?.test?.runId, before?.runId].filter((id) => id !== undefined)
  const answer = useKept(() => findRuns(runIds), [runIds.join()])
  if (!applied?.test) return <Testing {...props} />
  if (answer.state !== "ready") return <Skeleton className="h-40 w-full" />
  const now = answer.value.find(({ id }) => id === applied.test?.runId)
  const earlier = answer.value.find(({ id }) => id === before?.runId)
  if (!now?.detail)
    return <p className="text-ink-soft">Its test has made room for newer ones. Open it to test it again.</p>
  const isSame = now.id === earlier?.id
  return (
    <div className="flex flex-col gap-5">
      <CardVerdict run={now} detail={now.detail} standsInFor={standsInFor} />
      <TooGood metrics={now.detail.metrics} lights={applied.test.lights} />
      {earlier?.detail && !isSame && earlier.hashes.data === now.hashes.data && (
        <SideBySide before={earlier.detail} now={now.detail} />
      )}
      <LightList lights={Object.fromEntries(applied.test.lights.map((light) => [light.id, light]))} />
      <div className="flex flex-wrap gap-3">
        <Link to="/backtest" search={parseSearch(now.address)} className={buttonClass("quiet")}>
          See every trade
        </Link>
        <FindGoodValues search={parseSearch(now.address)} />
      </div>
    </div>
  )
}

/** The newest test before this answer on its branch. */
function testBefore(turn: ChatTurn, { branch }: Conversation) {
  const before = branch.slice(
    0,
    branch.findIndex(({ id }) => id === turn.id),
  )
  return before.findLast(({ applied }) => applied?.test)?.applied?.test
}

function Testing({ turn, conversation, place }: CardResultProps) {
  const { applied } = turn
  const answer = useKept(async () => applied && (await findStrategy(applied.strategyId)), [applied?.strategyId])
  const kept = answer.state === "ready" ? answer.value : undefined
  if (!applied || !kept) return <Skeleton className="h-40 w-full" />
  return <UnderTest {...{ turn, conversation, place }} applied={applied} kept={kept} />
}

type UnderTestProps = Omit<CardResultProps, "standsInFor"> & Parameters<typeof useCardTest>[0]

function UnderTest({ turn, conversation, ...toTest }: UnderTestProps) {
  const { applied, kept } = toTest
  const run = useCardTest(toTest, (test) => conversation.put({ ...turn, applied: { ...applied, test } }))
  const isUnderWay = run.state === "running" || run.state === "done"
  return (
    <div aria-busy={isUnderWay} className="flex flex-col gap-3">
      {isUnderWay && (
        <p role="status" className="text-ink-soft">
          Testing it on {toTest.place.market.name}…
        </p>
      )}
      <RunStatus run={run} refusals={run.state === "refused" ? runRefusals(run.problems, kept.draft, {}) : []} />
      {isUnderWay && <Skeleton className="h-60 w-full" />}
    </div>
  )
}

type CardVerdictProps = { run: SavedRun; detail: NonNullable<SavedRun["detail"]>; standsInFor: string | undefined }

function CardVerdict({ run, detail, standsInFor }: CardVerdictProps) {
  const verdict = verdictOf({
    ...detail,
    ...detail.metrics,
    tradeCount: run.tradeCount ?? 0,
    currency: detail.currency,
  })
  const madeUp = madeUpOfRun(run)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h4 className="text-sm font-medium text-ink-soft">Tested on {run.market}</h4>
        <MadeUpChip of={madeUp} />
      </div>
      <p className="max-w-[52ch] text-lg text-ink" data-testid="verdict">
        <VerdictPieces pieces={verdict} />
      </p>
      {standsInFor !== undefined && (
        <p className="max-w-[64ch] text-sm text-ink-soft">
          This browser has no candles of {standsInFor} yet, so{" "}
          {madeUp ? "made-up prices stand in for them" : `${run.market} stands in for it`}.{" "}
          <Link to="/data" className="underline underline-offset-4 hover:text-ink-strong">
            Get its candles
          </Link>
        </p>
      )}
    </div>
  )
}

function TooGood(props: {
  metrics: Parameters<typeof tooGoodBecause>[0]
  lights: Parameters<typeof tooGoodBecause>[1]
}) {
  const because = tooGoodBecause(props.metrics, props.lights)
  return because !== undefined && <Notice kind="warn">Too good to believe yet. {because}</Notice>
}
