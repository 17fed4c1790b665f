import type { Actor } from "../audit/audit-entry.ts"
import type { AuditLog } from "../audit/audit-log.ts"
import { Refusal } from "../door/refusal.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import { type KeptDifference, missingIn } from "../ledger/difference.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { BotRunner } from "./bot-runner.ts"
import { differenceWords } from "./coin-words.ts"
import { type DifferenceAction, differenceActions } from "./difference-answers.ts"

/** Coins that the exchange does not have, as the owner of the bot sees them. Quantities are decimal texts. */
export type DifferenceView = {
  id: string
  accountId: string
  botId: string
  market: string
  botQuantity: string
  exchangeQuantity: string
  differenceQuantity: string
  words: string
  sinceMs: number
  isIgnored: boolean
  /** What the owner can say. */
  actions: DifferenceAction[]
}

/** What follows from an answer, in words. */
export type GivenAnswer = { id: string; action: DifferenceAction; words: string }

type InboxDeps = {
  ledger: Pick<Ledger, "differences">
  audit: AuditLog
  /** Undefined while the bot's exchange has not been reached. */
  runnerOf: (botId: string) => BotRunner | undefined
}

/** Differences between what bots hold and what their exchanges have, for their owner to answer. */
export class Inbox {
  constructor(private readonly deps: InboxDeps) {}

  /** The newest first. */
  async list(): Promise<DifferenceView[]> {
    return (await this.deps.ledger.differences()).map(viewOf)
  }

  /** How many wait for an answer, by bot. */
  async counts(): Promise<Map<string, number>> {
    const counts = new Map<string, number>()
    for (const { botId, isIgnored } of await this.deps.ledger.differences())
      if (!isIgnored) counts.set(botId, (counts.get(botId) ?? 0) + 1)
    return counts
  }

  /** Undefined when there is none (any more); throws a `Refusal` where it cannot be done now. */
  async answer(id: string, action: DifferenceAction, by: Actor): Promise<GivenAnswer | undefined> {
    const found = (await this.deps.ledger.differences()).find((one) => one.id === id)
    if (found === undefined) return undefined
    if (!viewOf(found).actions.includes(action))
      throw new Refusal(409, "ignored-already", "This is ignored already: the bot does not ask about it again.")
    const runner = this.deps.runnerOf(found.botId)
    if (runner === undefined)
      throw new Refusal(
        409,
        "not-at-work",
        "The bot's exchange has not been reached yet. Nothing was changed; try again later.",
      )
    const words = await runner.answer(id, action, () => this.#note(found, action, by))
    return { id, action, words }
  }

  #note(found: KeptDifference, action: DifferenceAction, by: Actor): Promise<void> {
    const change = {
      what: `reconcile.${action}`,
      subject: `difference ${found.id}`,
      before: stateOf(found),
      after: action === "ignore" ? stateOf({ ...found, isIgnored: true }) : undefined,
    }
    return this.deps.audit.change(by, async () => ({ result: undefined, changes: [change] }))
  }
}

function stateOf({ botId, accountId, market, botQuantity, exchangeQuantity, isIgnored }: KeptDifference): object {
  const [bot, exchange] = [decimalText(botQuantity), decimalText(exchangeQuantity)]
  return { botId, accountId, market, botQuantity: bot, exchangeQuantity: exchange, isIgnored }
}

function viewOf(one: KeptDifference): DifferenceView {
  const { botQuantity, exchangeQuantity, soldQuantity: _, isIgnored, ...rest } = one
  return {
    ...rest,
    isIgnored,
    botQuantity: decimalText(botQuantity),
    exchangeQuantity: decimalText(exchangeQuantity),
    differenceQuantity: decimalText(missingIn(one)),
    words: differenceWords(one),
    actions: differenceActions.filter((action) => action !== "ignore" || !isIgnored),
  }
}
