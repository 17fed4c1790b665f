import { useNavigate } from "@tanstack/react-router"
import { keepStrategy } from "../../db/kept-strategy.ts"
import { useDoing } from "../../relay-client/use-doing.ts"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { type Place, type RelayModel, type RelayWatching, strategyWithVersion } from "./relay-watch.ts"

type RelayModelNewsProps = { hash: string; watching: RelayWatching; place: Place }

/** What the relay found of a model: warnings, why it could not be judged, and versions that it trained since. */
export function RelayModelNews({ hash, watching: { models, bots }, place }: RelayModelNewsProps) {
  const own = models.find((one) => one.hash === hash)
  if (own === undefined) return null
  const warnings = cardOn(own, place)?.warnings ?? []
  return (
    <>
      {warnings.map(({ kind, words }) => (
        <Notice key={kind} kind="warn">
          {words}
        </Notice>
      ))}
      {own.problem !== null && <Notice kind="warn">{own.problem}</Notice>}
      {models
        .filter(({ replaces }) => replaces === hash)
        .map((newer) => (
          <NewerVersion key={newer.hash} newer={newer} place={place} carriers={own.bots} bots={bots} />
        ))}
    </>
  )
}

type NewerVersionProps = {
  newer: RelayModel
  place: Place
  /** Bots that carry the version before. */
  carriers: readonly string[]
  bots: RelayWatching["bots"]
}

/** A version that was trained since, what its card says, and a way to give it to a bot. */
function NewerVersion({ newer, place, carriers, bots }: NewerVersionProps) {
  const navigate = useNavigate()
  const { problem, doing, isDoing } = useDoing()
  const make = (bot: string) => async () => {
    const document = await strategyWithVersion(newer.hash, bot)
    const { id } = await keepStrategy({ document, origin: `version ${newer.version} of its model` })
    await navigate({ to: "/library/$strategyId", params: { strategyId: id } })
  }
  return (
    <Notice kind="info">
      <p>{`Version ${newer.version} was trained since. ${cardOn(newer, place)?.words ?? "Nobody has judged it yet."} Nothing uses it before you choose it.`}</p>
      {carriers.map((bot) => (
        <Button key={bot} disabled={isDoing} onClick={doing(make(bot))}>
          {`Make the strategy of ${bots.get(bot) ?? bot} with version ${newer.version}`}
        </Button>
      ))}
      {problem !== undefined && <p>{problem}</p>}
    </Notice>
  )
}

function cardOn({ cards }: RelayModel, { venue, market }: Place): RelayModel["cards"][number] | undefined {
  return cards.find((one) => one.venue === venue && one.market === market)
}
