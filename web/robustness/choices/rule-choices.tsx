import { Switch } from "../../ui/switch.tsx"
import { ruleTitles } from "../../strategy/index.ts"
import { optionalConditions } from "./optional-conditions.ts"
import type { Choices } from "./use-choices.ts"

/** The conditions of the rules, each to be tried without; nothing where no rule has two. */
export function RuleChoices({ choices: { document, without, setWithout } }: { choices: Choices }) {
  const conditions = optionalConditions(document)
  if (conditions.length === 0) return null
  const turn = (path: string, isOn: boolean) =>
    setWithout(isOn ? [...without, path] : without.filter((other) => other !== path))
  return (
    <section aria-label="Rules to do without" className="flex flex-col gap-1">
      <h3 className="font-semibold">Rules to do without</h3>
      <p className="max-w-[72ch] text-sm text-ink-soft">
        A condition that changes nothing is one more to be fitted to the past. Each doubles the combinations.
      </p>
      <ul className="grid gap-x-10 md:grid-cols-2">
        {conditions.map((condition) => (
          <li key={condition.path} className="border-t border-line py-1">
            <Switch
              label={`${ruleTitles[condition.place]}: try without “${condition.words}”`}
              checked={without.includes(condition.path)}
              onChange={(isOn) => turn(condition.path, isOn)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
