// Speaks to one model server. The relay gives this worker a policy in which that server alone stands
// (relay/door/security-headers.ts): the pages themselves cannot reach it.
import { type ModelFacts, type ModelHostId, modelHostOfAt, OpenAiProvider } from "#models"
import { serveModel } from "./serve-model.ts"

/** What it is opened with. */
export type ServerStart = {
  host: ModelHostId
  baseUrl: string
  model: string
  key: string
  facts?: Partial<Pick<ModelFacts, "contextTokens">>
}

serveModel(
  async ({ host, baseUrl, model, key, facts }: ServerStart) =>
    new OpenAiProvider({
      host: modelHostOfAt(host, baseUrl),
      model,
      key,
      facts,
      fetch: (address, init) => fetch(address, init),
    }),
)
