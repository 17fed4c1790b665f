import { plainText, quotedList } from "#engine/candles"
import {
  type CallPurpose,
  firstPrices,
  isNearBudget,
  MemoryAnswers,
  ModelDesk,
  type ModelProvider,
  modelsInOrder,
  type ModelWorld,
  spendingOf,
} from "#models"
import { modelCalls } from "../db/model-calls.ts"
import { firstModelSettings, loadModelSettings, type ModelSettings, type SetUpModel } from "../db/model-settings.ts"
import { providerOf } from "./llm/models-at-hand.ts"

const world: ModelWorld = {
  nowMs: () => Date.now(),
  random: () => Math.random(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}

/** As they are with each question; the desk itself asks for them while a call is under way. */
let settings: ModelSettings = firstModelSettings

const desk = new ModelDesk({
  world,
  ledger: modelCalls,
  answers: new MemoryAnswers(),
  prices: () => [...settings.prices, ...firstPrices],
  budget: () => settings.budget,
  newId: () => crypto.randomUUID(),
})

/** Where this window's calls of models pass, with the settings as they are now. */
export async function chatDesk(): Promise<{ desk: ModelDesk; settings: ModelSettings }> {
  settings = await loadModelSettings()
  return { desk, settings }
}

/** The models to try, in order; those whose key is not open in this window are left out, and named. */
export async function providersFor(models: readonly SetUpModel[], purpose: CallPurpose) {
  const spending = await spendingOf(modelCalls, settings.budget, world.nowMs())
  const idsOf = (tier: SetUpModel["tier"]) => models.filter((model) => model.tier === tier).map(({ id }) => id)
  const order = modelsInOrder({ cheap: idsOf("cheap"), strong: idsOf("strong") }, purpose, isNearBudget(spending))
  const providers: ModelProvider[] = []
  const locked: SetUpModel[] = []
  for (const id of order) {
    const model = models.find((each) => each.id === id)!
    const provider = await providerOf(model)
    if (provider) providers.push(provider)
    else locked.push(model)
  }
  return { providers, locked: locked.length > 0 ? lockedWords(locked, settings.keys) : undefined }
}

/** A key that was never sealed ends with the load of the page it was put in at. */
function lockedWords(locked: readonly SetUpModel[], keys: ModelSettings["keys"]): string {
  const isSealed = (model: SetUpModel) =>
    model.kind === "server" &&
    model.key.at === "browser" &&
    keys.some(({ id }) => "id" in model.key && id === model.key.id)
  const named = (models: readonly SetUpModel[]) =>
    quotedList(
      models.map(({ name }) => plainText(name, 60)),
      MOST_NAMED,
    )
  const sealed = locked.filter(isSealed)
  const gone = locked.filter((model) => !isSealed(model))
  return [
    sealed.length > 0 && `The key of ${named(sealed)} is sealed and not open in this window. Open it under Models.`,
    gone.length > 0 &&
      `The key of ${named(gone)} was kept nowhere but in the page, and went when the page was loaded anew. Put it in again under Models, or keep it there sealed with a passphrase.`,
    "No model was asked, and nothing was changed.",
  ]
    .filter((line) => line !== false)
    .join(" ")
}

const MOST_NAMED = 5
