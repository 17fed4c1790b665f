import { ArrowLeft } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { Button } from "../ui/button.tsx"
import { wizardQuestions, wizardSentence, type WizardChoice, type WizardStep } from "./wizard-steps.ts"

type WizardProps = {
  /** Markets this browser has candles of. */
  own: readonly string[]
  onSay: (words: string) => void
  onLeave: () => void
}

/** Four questions, one at a time; their answers are a sentence, and that is read like any other. */
export function Wizard({ own, onSay, onLeave }: WizardProps) {
  const questions = wizardQuestions(own)
  const [chosen, setChosen] = useState<readonly WizardChoice[]>([])
  const question = questions.at(chosen.length)
  const back = () => (chosen.length === 0 ? onLeave() : setChosen(chosen.slice(0, -1)))
  return (
    <section aria-label="Four questions" className="flex w-full max-w-160 flex-col gap-5">
      <Steps at={Math.min(chosen.length, questions.length)} count={questions.length} />
      <Title key={chosen.length} text={question?.title ?? "This is what you say"} />
      {question ? (
        <>
          <p className="text-ink-soft">{question.about}</p>
          <ul className="grid gap-3 sm:grid-cols-2">
            {question.choices.map((choice) => (
              <li key={choice.label} className="flex">
                <button
                  type="button"
                  onClick={() => setChosen([...chosen, choice])}
                  className="flex min-h-16 w-full flex-col items-start gap-0.5 rounded-lg border border-control-line px-4 py-3 text-left transition-colors hover:border-accent hover:bg-surface-1"
                >
                  <span className="font-medium text-ink-strong">{choice.label}</span>
                  <span className="text-sm text-ink-soft">{choice.about}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Ready
          sentence={sentenceOf(
            questions.map(({ step }) => step),
            chosen,
          )}
          onSay={onSay}
        />
      )}
      <Button look="plain" className="self-start" icon={<ArrowLeft aria-hidden className="size-4" />} onClick={back}>
        {chosen.length === 0 ? "Say it in your own words" : "Back"}
      </Button>
    </section>
  )
}

/** Each question takes the focus, so that it is read out, and the keyboard goes on below it. */
function Title({ text }: { text: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
      {text}
    </h2>
  )
}

function Ready({ sentence, onSay }: { sentence: string; onSay: (words: string) => void }) {
  return (
    <>
      <p data-testid="wizard-sentence" className="text-base text-ink-strong">
        {sentence}
      </p>
      <Button look="primary" className="self-start" onClick={() => onSay(sentence)}>
        Make it
      </Button>
    </>
  )
}

function Steps({ at, count }: { at: number; count: number }) {
  return (
    <div className="flex items-center gap-3">
      <div aria-hidden className="flex grow gap-1">
        {Array.from({ length: count }, (_, step) => (
          <span key={step} className={`h-1 grow rounded-full ${step < at ? "bg-accent-fill" : "bg-surface-3"}`} />
        ))}
      </div>
      <span className="text-sm text-ink-soft">{at < count ? `${at + 1} of ${count}` : "Done"}</span>
    </div>
  )
}

function sentenceOf(steps: readonly WizardStep[], chosen: readonly WizardChoice[]): string {
  return wizardSentence(
    Object.fromEntries(steps.map((step, at) => [step, chosen[at]])) as Record<WizardStep, WizardChoice>,
  )
}
