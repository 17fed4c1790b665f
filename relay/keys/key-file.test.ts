import { expect, test } from "vitest"
import { isOpenToOthers } from "./key-file.ts"

const ROOT = 0
const US = 10_001
const reader = { uid: US, groups: [US] }

test.each([
  ["ours alone", { mode: 0o100600, uid: US, gid: US }, false],
  ["ours, and our group's", { mode: 0o100640, uid: US, gid: US }, true],
  ["root's, lent to our group, as Kubernetes lays a secret", { mode: 0o100440, uid: ROOT, gid: US }, false],
  ["root's, and anybody's to read", { mode: 0o100444, uid: ROOT, gid: US }, true],
  ["root's, and our group's to write", { mode: 0o100460, uid: ROOT, gid: US }, true],
  ["root's, lent to a group that is not ours", { mode: 0o100440, uid: ROOT, gid: 4 }, true],
])("a key file that is %s is open to others as far as its mode says so", (_, found, isOpen) => {
  expect(isOpenToOthers(found, reader)).toBe(isOpen)
  expect(isOpenToOthers({ ...found, mode: 0o100440 }, { uid: ROOT, groups: [ROOT, US] })).toBe(true)
})
