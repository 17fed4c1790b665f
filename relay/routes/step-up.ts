import type { Context } from "hono"
import { Refusal } from "../door/refusal.ts"
import type { People } from "../people/people.ts"
import { whoIn } from "./resource.ts"

/**
 * Throws a `Refusal` where somebody would do from the internet what could lose money, and has not just shown their
 * passkey. On the relay's own computer nothing more is asked than a paired browser.
 */
export async function refuseWithoutStepUp(c: Context, { passkeys, stepUps }: Pick<People, "passkeys" | "stepUps">) {
  const { origin, isPublic } = c.get("entrance")
  if (!isPublic) return
  const { kind, id, person } = whoIn(c)
  if (kind === "device" && stepUps.isFresh(id)) return
  if (kind !== "device") throw byToken
  throw (await passkeys.areThere(person, origin)) ? showAgain : makeOne
}

const byToken = new Refusal(
  403,
  "step-up-needed",
  "From the internet this needs your passkey, which no program can show. Do it in the browser, or on the relay's computer; nothing was changed.",
)

const showAgain = new Refusal(
  403,
  "step-up-needed",
  "This could lose money, so it needs your passkey, shown within the last five minutes. Nothing was changed.",
)

const makeOne = new Refusal(
  403,
  "passkey-needed",
  "From the internet this needs a passkey. Make one in Settings, under Passkeys, then try again; nothing was changed.",
)
