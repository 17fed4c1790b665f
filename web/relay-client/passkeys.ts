import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser"
import { newKey, notePaired } from "./pair.ts"
import { answered, relay } from "./relay.ts"

/** Lets the person's device make a passkey, and the relay keep it. Throws a sentence where it does not come to that. */
export async function makePasskey(name: string): Promise<void> {
  const options = await (await answered(relay.passkeys.creation.$post())).json()
  const made = await startRegistration({
    optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
  }).catch(explained)
  await answered(relay.passkeys.$post({ json: { name, answer: answerOf(made) } }))
}

/** Pairs this browser by a passkey. Throws as `makePasskey`. */
export async function signInWithPasskey(): Promise<void> {
  const options = await (await answered(relay.passkeys["sign-in-options"].$post())).json()
  const answer = await shown(options)
  const { privateKey, ...json } = await newKey()
  await notePaired(await answered(relay.passkeys["sign-in"].$post({ json: { ...json, answer } })), privateKey)
}

/** Shows the person's passkey again. Throws as `makePasskey`. */
export async function showPasskey(): Promise<void> {
  const options = await (await answered(relay.passkeys["step-up-options"].$post())).json()
  await answered(relay.passkeys["step-up"].$post({ json: { answer: await shown(options) } }))
}

async function shown(options: object) {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  return answerOf(await startAuthentication({ optionsJSON }).catch(explained))
}

/** What of an answer the relay looks at. */
function answerOf({ id, rawId, response }: RegistrationResponseJSON | AuthenticationResponseJSON) {
  const { clientDataJSON } = response
  const rest =
    "attestationObject" in response
      ? { attestationObject: response.attestationObject }
      : {
          authenticatorData: response.authenticatorData,
          signature: response.signature,
          userHandle: response.userHandle,
        }
  return { id, rawId, type: "public-key" as const, response: { clientDataJSON, ...rest } }
}

function explained(cause: unknown): never {
  throw new Error("Your device showed no passkey: it was dismissed, took too long, or there is none. Try again.", {
    cause,
  })
}
