/** Every way in which a model fails a person: a closed list, so that each has its words and its next step. */
export type ModelFailureKind =
  | "noGpu"
  | "tooBig"
  | "quota"
  | "offlineOrBlocked"
  | "badKey"
  | "noCredit"
  | "rateLimited"
  | "refused"
  | "cutShort"
  | "contextFull"
  | "badOutput"
  | "gone"

type FailureWords = { because: string; nextStep: string }

const usualWords: Record<ModelFailureKind, FailureWords> = {
  noGpu: {
    because: "This browser offers no graphics processor that can run the model.",
    nextStep: "Choose a model that runs without one, use a key of your own, or build with the guide.",
  },
  tooBig: {
    because: "The model needs more memory than this device gives it.",
    nextStep: "Choose a smaller model, or close other tabs and try again.",
  },
  quota: {
    because: "There is not enough room on this device to keep the model.",
    nextStep: "Delete a model you no longer use, or free some space, and try again: the download continues.",
  },
  offlineOrBlocked: {
    because: "The model could not be reached.",
    nextStep: "Check the internet connection and the address, then try again.",
  },
  badKey: {
    because: "The key was not accepted.",
    nextStep: "Copy the key again from where you made it, and put it in anew.",
  },
  noCredit: {
    because: "The account of this key has no credit left.",
    nextStep: "Top it up at the provider, or choose another model.",
  },
  rateLimited: {
    because: "The model is asked too often right now.",
    nextStep: "Wait a little and try again, or choose another model.",
  },
  refused: {
    because: "The model declined to answer this.",
    nextStep: "Say it in other words, or choose another model.",
  },
  cutShort: {
    because: "The answer broke off before it was complete.",
    nextStep: "Try again; a shorter request or another model may help.",
  },
  contextFull: {
    because: "The conversation is longer than this model can read at once.",
    nextStep: "Start a new conversation, attach less, or choose a model that reads more.",
  },
  badOutput: {
    because: "The model's answer could not be read.",
    nextStep: "Try again, or choose a stronger model.",
  },
  gone: {
    because: "The model is not there any more.",
    nextStep: "Try again in a moment, or choose another model.",
  },
}

type FailureDetails = Partial<FailureWords> & {
  /** How long the server asks us to wait. */
  retryAfterMs?: number
  /** The same request may succeed by itself a little later. */
  isPassing?: boolean
}

/** A model that failed: what happened, that nothing was lost, and what to do, in words for a beginner. */
export class ModelFailure extends Error {
  override name = "ModelFailure"
  readonly because: string
  readonly nextStep: string
  readonly retryAfterMs: number | undefined
  readonly isPassing: boolean

  constructor(
    readonly kind: ModelFailureKind,
    details: FailureDetails = {},
  ) {
    const { because, nextStep } = { ...usualWords[kind], ...details }
    super(`${because} Nothing was changed. ${nextStep}`)
    this.because = because
    this.nextStep = nextStep
    this.retryAfterMs = details.retryAfterMs
    this.isPassing = details.isPassing ?? kind === "rateLimited"
  }
}

/** All kinds, for tables and tests. */
export const modelFailureKinds = Object.keys(usualWords) as ModelFailureKind[]
