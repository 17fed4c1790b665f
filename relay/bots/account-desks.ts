import type { Accounts } from "../accounts/accounts.ts"
import { sharedKeyWords } from "../accounts/shared-key.ts"
import { usualRisk } from "../accounts/risk.ts"
import type { AccountExchanges } from "../desk/account-exchanges.ts"
import type { KillSwitch } from "../guard/kill-switch.ts"
import { LastLook } from "../guard/last-look.ts"
import type { History } from "../ledger/history.ts"
import type { Ledger } from "../ledger/ledger.ts"
import type { Surroundings } from "../surroundings.ts"
import { AccountDesk } from "./account-desk.ts"
import { KeyFit } from "./key-fit.ts"

type DesksDeps = {
  accounts: Accounts
  exchanges: AccountExchanges
  ledger: Ledger
  history: History
  killSwitch: KillSwitch
  surroundings: Surroundings
  onBug: (error: unknown) => void
}

/** Every account's desk, opened when its first bot needs it. */
export class AccountDesks {
  readonly #open = new Map<string, Promise<AccountDesk>>()

  readonly keyFit: KeyFit

  constructor(private readonly deps: DesksDeps) {
    this.keyFit = new KeyFit(deps)
  }

  /** Throws what `AccountExchanges.open` throws; the next call tries again. */
  of(accountId: string): Promise<AccountDesk> {
    const found = this.#open.get(accountId)
    if (found) return found
    const opening = this.#openOne(accountId)
    this.#open.set(accountId, opening)
    opening.catch(() => this.#open.delete(accountId))
    return opening
  }

  /** Its key has changed, or the exchange no longer takes it: the next call opens it anew. */
  async forget(accountId: string): Promise<void> {
    const found = this.#open.get(accountId)
    this.#open.delete(accountId)
    const desk = await found?.catch(() => undefined)
    await desk?.exchange.close()
  }

  async #openOne(accountId: string): Promise<AccountDesk> {
    const { accounts, exchanges, ledger, history, killSwitch, surroundings } = this.deps
    const look = new LastLook(killSwitch)
    const name = (await accounts.find(accountId))?.name
    const exchange = await exchanges.open(accountId, look.gate)
    const risk = async () => (await accounts.find(accountId))?.risk ?? usualRisk
    const ofAccount = once(async () => (await exchange.keyPermissions()).ofAccount)
    const barred = async () => {
      const twin = await accounts.twinOf(accountId, ofAccount)
      return twin && sharedKeyWords(twin)
    }
    const byHand = () => history.positionsByHand(accountId)
    const desk = new AccountDesk({ accountId, name, exchange, look, risk, barred, byHand, ledger, surroundings })
    desk.listenForOthers(this.deps.onBug)
    return desk
  }
}

/** Asks once, and again only where the answer failed. */
function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined
  return () => {
    asked ??= ask()
    asked.catch(() => (asked = undefined))
    return asked
  }
}
