import { EmptyState } from "../../ui/empty-state.tsx"

/** What a forecast is, for those who have none yet. */
export function AboutForecasts() {
  return (
    <EmptyState title="No forecast yet">
      <p>
        A forecast looks at the last candles and says what comes next: up or down, by how much, how restless. It learns
        that from candles further back, part by part, and each part is asked only about what came after it.
      </p>
      <p className="pt-2">
        Most forecasts of prices know nothing, ours among them. A picture of a forecast beside its own past always looks
        clever; counted on candles it has not seen, it is mostly a coin. That is why the first thing you see here is a
        sentence that says so, and why no figure of what it learnt from is ever shown.
      </p>
    </EmptyState>
  )
}
