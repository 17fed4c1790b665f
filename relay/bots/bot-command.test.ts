import { expect, test } from "vitest"
import { Refusal } from "../door/refusal.ts"
import { botCommands, refuseUnfitCommand, wordsOf } from "./bot-command.ts"

test("a bot that ends for good is not taken back quietly; one that only sells all is", () => {
  const unfit = (status: "closing" | "stopped" | "running", wish: "stop" | "close" | "run") =>
    botCommands.filter((command) => {
      try {
        refuseUnfitCommand({ status, wish }, command)
        return false
      } catch (error) {
        return error instanceof Refusal && error.status === 409
      }
    })
  expect(unfit("closing", "stop")).toEqual(["pause", "resume", "close"])
  expect(unfit("closing", "close")).toEqual([])
  expect(unfit("stopped", "stop")).toEqual(botCommands)
  expect(unfit("running", "run")).toEqual([])
})

test("a bot that is resumed while the kill switch is on is not said to buy", () => {
  expect(wordsOf("resume", { isOn: true })).toMatch(/nothing is bought while the kill switch is on/)
  expect(wordsOf("resume", { isOn: false })).toBe("Entries go on.")
  expect(wordsOf("pause", { isOn: true })).toBe(wordsOf("pause", { isOn: false }))
})
