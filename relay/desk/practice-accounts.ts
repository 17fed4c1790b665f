import * as z from "zod"
import type { Account } from "../accounts/account.ts"
import type { Accounts } from "../accounts/accounts.ts"
import type { Actor } from "../audit/audit-entry.ts"
import { Refusal } from "../door/refusal.ts"
import { Secret } from "../keys/secret.ts"
import type { OpenKey } from "../keys/vault.ts"
import type { Surroundings } from "../surroundings.ts"

type PracticeDeps = {
  accounts: Accounts
  surroundings: Pick<Surroundings, "after">
  /** Receives sentences for the person. */
  print: (line: string) => void
}

/** One of our own exchanges: its control plane, and its name as a sentence begins with it. */
export type OwnExchange = { control: string; name: string }

/** What each account begins with there. */
const balances = { USDT: "10000" }
const PATIENCE_MS = 10_000
const AGAIN_AFTER_S = 5
const given = z.object({ apiKey: z.string().min(1).max(200), secret: z.string().min(1).max(200) })

/** Who opens accounts there, in the logs. */
export const relayItself: Actor = { kind: "relay", id: "relay", name: "relay" }

/** Our accounts' own accounts at our own exchanges for made-up money: opened at first use, their keys kept sealed like any other. */
export class PracticeAccounts {
  readonly #last = new Map<string, Promise<OpenKey>>()

  constructor(private readonly deps: PracticeDeps) {}

  /** Its key there: the kept one, or that of a new account. */
  key(account: Account, own: OwnExchange): Promise<OpenKey> {
    return this.#inTurn(account, async () => (await this.#kept(account)) ?? this.#opened(account, own))
  }

  /** The key of a new account, where the exchange no longer knows the old one's. */
  anew(account: Account, forgotten: OpenKey, own: OwnExchange): Promise<OpenKey> {
    return this.#inTurn(account, async () => {
      const kept = await this.#kept(account)
      // Somebody else who needed it has opened it meanwhile.
      if (kept && kept.apiKey.reveal() !== forgotten.apiKey.reveal()) return kept
      const fresh = await this.#opened(account, own)
      this.deps.print(
        `${own.name} began anew and no longer knew the account "${account.name}": it has a new one there, with ${balances.USDT} USDT and without orders.`,
      )
      return fresh
    })
  }

  /** One after the other for each account, so that none is opened twice. */
  #inTurn(account: Account, act: () => Promise<OpenKey>): Promise<OpenKey> {
    const before = this.#last.get(account.id) ?? Promise.resolve()
    const mine = before.then(act, act)
    this.#last.set(account.id, mine)
    const forget = () => void (this.#last.get(account.id) === mine && this.#last.delete(account.id))
    mine.then(forget, forget)
    return mine
  }

  #kept({ id }: Account): Promise<OpenKey | undefined> {
    return this.deps.accounts.keys.open(id, relayItself)
  }

  async #opened({ id }: Account, own: OwnExchange): Promise<OpenKey> {
    const key = await askForAccount(own, { name: id, balances }, this.deps.surroundings)
    await this.deps.accounts.keys.keepGiven(id, key, relayItself)
    return { apiKey: new Secret(key.apiKey), secret: new Secret(key.secret) }
  }
}

async function askForAccount(
  { control, name }: OwnExchange,
  wanted: object,
  { after }: Pick<Surroundings, "after">,
): Promise<z.infer<typeof given>> {
  const late = new AbortController()
  const cancel = after(PATIENCE_MS, () => late.abort())
  try {
    const headers = { "content-type": "application/json" }
    const answer = await fetch(`${control}/accounts`, {
      method: "POST",
      headers,
      body: JSON.stringify(wanted),
      signal: late.signal,
    })
    return given.parse(await answer.json())
  } catch (error) {
    throw new Refusal(
      503,
      "exchange-away",
      `${name} opened no account. Nothing is lost; try again in a few seconds, or restart Candlewright.`,
      { retryAfterS: AGAIN_AFTER_S, cause: error },
    )
  } finally {
    cancel()
  }
}
