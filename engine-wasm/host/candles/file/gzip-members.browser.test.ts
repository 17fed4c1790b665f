import { expect, test } from "vitest"
import { damageIsRefused, membersReadAsOne } from "../../../testing/gzip-story.ts"

// The same stories as gzip-members.test.ts in Node: both must read a file alike.
test("a gzip in several members is read as one", async () => {
  await expect(membersReadAsOne(40)).resolves.toBeUndefined()
})
test("damage, and anything behind the end, is refused", async () => {
  await expect(damageIsRefused(30)).resolves.toBeUndefined()
})
