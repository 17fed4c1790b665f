import { modelHostAt, type ModelProvider, OpenAiProvider } from "#models"
import type { Surroundings } from "../surroundings.ts"
import { ModelDoor } from "./model-door.ts"
import type { ModelKeys } from "./model-keys.ts"

type OwnModelDeps = { keys: ModelKeys; surroundings: Pick<Surroundings, "after"> }

/**
 * A model at a kept key, asked by the relay itself through the same door as for pages: the key goes to its own address
 * and nowhere else. Undefined where there is no such key. Throws `VaultLocked`.
 */
export async function ownModel(
  { keys, surroundings }: OwnModelDeps,
  { keyId, model }: { keyId: string; model: string },
): Promise<ModelProvider | undefined> {
  const opened = await keys.open(keyId)
  if (opened === undefined) return undefined
  const { host } = opened
  const door = new ModelDoor({ keys, surroundings })
  const never = new AbortController().signal
  return new OpenAiProvider({
    host: { ...(host.id === "other" ? modelHostAt(host.baseUrl) : host), needsKey: false },
    model,
    key: "",
    fetch: async (_, { body, signal = never }) => {
      const passed = await door.ask({ id: keyId, address: "chat/completions", body, signal })
      if (passed === undefined) throw new Error("its key is gone")
      return new Response(passed.body, { status: passed.status, headers: passed.headers })
    },
  })
}
