import { hideMarket, purgeMarket, type SavedMarket } from "../db/market-catalogue.ts"
import { toastWithUndo } from "../ui/toast.tsx"

/** Hides a market at once, and deletes it for good when the time to undo has passed. */
export async function deleteWithUndo({ id, name }: SavedMarket) {
  await hideMarket(id, Date.now())
  void toastWithUndo({
    text: `${name} deleted.`,
    onUndo: () => void hideMarket(id, undefined),
    onExpire: () => void purgeMarket(id),
  })
}
