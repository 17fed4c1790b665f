import { plainText } from "#engine/candles"
import { changeModelSettings, type SetUpModel } from "../../db/model-settings.ts"
import { toastWithUndo } from "../../ui/toast.tsx"
import { forgetKey } from "../llm/model-key.ts"
import { providerOf } from "../llm/models-at-hand.ts"

/** Takes a model out of use; what is kept of it on this device goes when the chance to undo has passed. */
export async function removeModel(model: SetUpModel): Promise<void> {
  await changeModelSettings(({ models }) => ({ models: models.filter(({ id }) => id !== model.id) }))
  void toastWithUndo({
    text: `${plainText(model.name, 40)} is no longer asked.`,
    onUndo: () => void changeModelSettings(({ models }) => ({ models: [...models, model] })),
    onExpire: () => void forgetModel(model),
  })
}

async function forgetModel(model: SetUpModel): Promise<void> {
  if (model.kind === "server" && model.key.at === "browser") {
    const { id } = model.key
    forgetKey(id)
    await changeModelSettings(({ keys }) => ({ keys: keys.filter((key) => key.id !== id) }))
  }
  if (model.kind === "file" || model.kind === "webLlm") await (await providerOf(model))?.remove()
}
