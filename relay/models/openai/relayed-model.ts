import { ModelFailure } from "../model-failure.ts"
import type { ModelFetch } from "./model-fetch.ts"
import type { ModelHost } from "./model-host.ts"
import { OpenAiProvider } from "./openai-provider.ts"

/** Set on what a model's own server answered; the relay's own refusals lack it. */
export const FROM_MODEL = "x-candlewright-model"

type Relayed = {
  /** Whose key the relay keeps, with `target` for the host that hears what is said. */
  host: ModelHost
  target: string
  keyId: string
  model: string
  /** Where the relay is, such as "http://localhost:8787". */
  relayUrl: string
  /** Asks the relay, and proves who asks. */
  fetch: ModelFetch
}

/** A model whose key is in the person's own relay: the page asks the relay, and the relay asks the model's server. */
export function relayedModel({ host, target, keyId, model, relayUrl, fetch }: Relayed): OpenAiProvider {
  const baseUrl = `${relayUrl}/api/model-keys/${encodeURIComponent(keyId)}`
  const { headers: _, ...plain } = host
  return new OpenAiProvider({
    host: { ...plain, baseUrl, needsKey: false },
    model,
    key: "",
    fetch: withRelaysWords(fetch),
    facts: { host: target },
  })
}

/** What the relay itself refuses is said in its words, not as if the model's server had refused. */
function withRelaysWords(fetch: ModelFetch): ModelFetch {
  return async (address, init) => {
    const answer = await fetch(address, init)
    if (answer.status < 300 || answer.headers.get(FROM_MODEL) !== null) return answer
    const said = (await answer.text()).slice(0, MOST_LETTERS)
    throw new ModelFailure(answer.status === 429 ? "rateLimited" : "gone", {
      because: sentenceIn(said) ?? `Your relay did not take the question (HTTP ${answer.status}).`,
      nextStep: "Look at the keys for models in your relay's settings, and try again.",
    })
  }
}

const MOST_LETTERS = 2_000

function sentenceIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: unknown }
    return typeof error === "string" ? error : undefined
  } catch {
    return undefined
  }
}
