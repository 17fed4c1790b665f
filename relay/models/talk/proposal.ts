import { strategyFromJson, type StrategyDocument, strategyHash } from "#engine/strategy"

/** A strategy that is only proposed, and the fingerprint that a person's confirmation is bound to. */
export type Proposal = { readonly document: StrategyDocument; readonly hash: string }

export async function proposalOf(document: StrategyDocument): Promise<Proposal> {
  return Object.freeze({ document: structuredCopy(document), hash: await strategyHash(document) })
}

/** What a person confirms: the fingerprint that the screen showed, and the document it is about to use. */
export type Confirmation = { hash: string; document: unknown }

export type Confirmed = { ok: true; document: StrategyDocument } | { ok: false; because: string }

/** The document to use, if it is exactly the one that was proposed and shown; any other is refused. */
export async function confirmed(proposal: Proposal, { hash, document }: Confirmation): Promise<Confirmed> {
  const read = strategyFromJson(document)
  if (!read.ok || hash !== proposal.hash || (await strategyHash(read.strategy)) !== proposal.hash)
    return {
      ok: false,
      because:
        "This is no longer the strategy you saw, so nothing was changed. Look at the card again and confirm it once more.",
    }
  return { ok: true, document: read.strategy }
}

function structuredCopy(document: StrategyDocument): StrategyDocument {
  return JSON.parse(JSON.stringify(document)) as StrategyDocument
}
