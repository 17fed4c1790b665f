import { modelHostOfAt, type ModelProvider, serverModelFacts } from "#models"
import type { SetUpModel } from "../../db/model-settings.ts"
import { openKey } from "./model-key.ts"
import serverWorker from "./server-model-worker.ts?worker&url"
import type { ServerStart } from "./server-model-worker.ts"
import { WorkerModel } from "./worker-model.ts"

/** Providers of this window, each for its model and key: a model that is loaded stays loaded. */
const atHand = new Map<string, Promise<ModelProvider>>()

/** The model, ready to be asked; undefined where its key is not open in this window. */
export function providerOf(model: SetUpModel): Promise<ModelProvider> | undefined {
  const key = model.kind === "server" && model.key.at === "browser" ? openKey(model.key.id) : ""
  if (key === undefined) return undefined
  const known = `${JSON.stringify({ ...model, isOn: true, tier: "" })} ${key}`
  if (!atHand.has(known)) atHand.set(known, madeOf(model, key))
  return atHand.get(known)
}

async function madeOf(model: SetUpModel, key: string): Promise<ModelProvider> {
  switch (model.kind) {
    case "server":
      return model.key.at === "relay" ? relayed(model, model.key.id) : direct(model, key)
    case "file": {
      const { fileModel } = await import("./file-model.ts")
      return fileModel(model.name, model.file)
    }
    case "webLlm": {
      const { webLlmModel } = await import("./downloaded-model.ts")
      return webLlmModel(model.model)
    }
    case "browser": {
      const { BrowserModel } = await import("./browser-model.ts")
      return new BrowserModel()
    }
  }
}

type Server = Extract<SetUpModel, { kind: "server" }>

/** Straight from this browser, by a worker that reaches this one server. */
function direct({ host, baseUrl, model }: Pick<Server, "host" | "baseUrl" | "model">, key: string) {
  const facts = serverModelFacts({ host: modelHostOfAt(host, baseUrl), model })
  const address = `${serverWorker}?${new URLSearchParams({ to: baseUrl })}`
  return new WorkerModel<ServerStart>(facts, address, { host, baseUrl, model, key })
}

/** The models that a server lists (`GET /models`), asked by a worker that reaches it alone and ends with the answer. */
export async function modelsListedBy(
  server: Pick<Server, "host" | "baseUrl">,
  key: string,
  signal: AbortSignal,
): Promise<string[]> {
  const asked = direct({ ...server, model: "" }, key)
  try {
    return await asked.list(signal)
  } finally {
    asked.close()
  }
}

/** Through the relay, which has the key. */
async function relayed({ host, baseUrl, model }: Server, keyId: string): Promise<ModelProvider> {
  const [{ relayedModel }, { provenFetch }] = await Promise.all([
    import("./relayed.ts"),
    import("../../relay-client/relay.ts"),
  ])
  return relayedModel({
    host: modelHostOfAt(host, baseUrl),
    target: new URL(baseUrl).host,
    keyId,
    model,
    relayUrl: location.origin,
    fetch: (address, init) => provenFetch(address, init as RequestInit),
  })
}
