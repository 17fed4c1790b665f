import { createFileRoute } from "@tanstack/react-router"
import { DataScreen } from "../market/index.ts"

export const Route = createFileRoute("/data/")({ component: DataScreen })
