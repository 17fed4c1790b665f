import { useNavigate } from "@tanstack/react-router"
import { useEffect, useEffectEvent } from "react"
import { putDroppedFiles } from "../ui/dropped-files.ts"

/**
 * A strategy's file may be dropped on any screen: it goes into the library. A screen that takes files itself comes
 * first.
 */
export function useDroppedStrategies() {
  const navigate = useNavigate()
  const take = useEffectEvent(async (files: File[]) => {
    await navigate({ to: "/library" })
    putDroppedFiles(files)
  })
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files") && !location.pathname.startsWith("/data")) event.preventDefault()
    }
    const onDrop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])]
      if (event.defaultPrevented || files.length === 0 || location.pathname.startsWith("/data")) return
      event.preventDefault()
      void take(files)
    }
    addEventListener("dragover", onDragOver)
    addEventListener("drop", onDrop)
    return () => {
      removeEventListener("dragover", onDragOver)
      removeEventListener("drop", onDrop)
    }
  }, [])
}
