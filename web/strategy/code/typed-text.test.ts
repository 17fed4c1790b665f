import { expect, test } from "vitest"
import { TypedText } from "./typed-text.ts"

const asTyped = (text: string) => text

test("letters that come before the kept text has made its way back are not lost, and come once", () => {
  const typed = new TypedText("a\nb")
  typed.change("a\nx\nb")
  typed.keep(asTyped)
  typed.change("a\nx\ny\nb")
  typed.hear("a\nx\nb")
  expect(typed.now()).toBe("a\nx\ny\nb")
  typed.keep(asTyped)
  typed.hear("a\nx\ny\nb")
  expect(typed.now()).toBe("a\nx\ny\nb")
})

test("a step back shows the text before, and what another window writes comes between one's own lines", () => {
  const typed = new TypedText("a\nb\nc")
  typed.change("a\nmine\nb\nc")
  typed.hear("a\nb\nC")
  expect(typed.now()).toBe("a\nmine\nb\nC")
  typed.keep(asTyped)
  typed.hear("a\nb\nC")
  expect(typed.now()).toBe("a\nb\nC")
})

test("a text that cannot be kept stays; nothing is kept twice", () => {
  const typed = new TypedText("1")
  const asked: string[] = []
  const number = (text: string) => {
    asked.push(text)
    return Number.isNaN(Number(text)) ? undefined : text
  }
  typed.keep(number)
  typed.change("1x")
  typed.keep(number)
  expect(typed.now()).toBe("1x")
  typed.change("12")
  typed.keep(number)
  typed.keep(number)
  expect(asked).toEqual(["1x", "12"])
})
