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
  const locked: string[] = []
  for (const id of order) {
    const model = models.find((each) => each.id === id)!
    const provider = await providerOf(model)
    if (provider) providers.push(provider)
    else locked.push(model.name)
  }
  return { providers, locked: locked.length > 0 ? lockedWords(locked) : undefined }
}

function lockedWords(names: readonly string[]): string {
  return `The key of ${names.join(" and ")} is sealed and not open in this window, so no model was asked. Open it under Models.`
}
